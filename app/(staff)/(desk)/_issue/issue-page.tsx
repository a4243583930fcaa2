import 'server-only';
import { randomUUID } from 'node:crypto';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { LOCALES } from '@/core/messages';
import { CURRENCIES } from '@/core/money';
import { listLookupChoices } from '@/lib/form-lookups';
import { listPaymentProfiles } from '@/lib/payment-profiles';
import { COMMON_CURRENCIES } from '@/lib/payment-sessions';
import { BackLink } from '../_parts/back-link';
import { NoPermission } from '../_parts/no-permission';
import { IssueForm } from './issue-form';

/** The form that issues a payment link with all that it can have. */
export async function IssuePage({ title, back }: { title: string; back: string }) {
  const { ctx, session } = await staffCtx();
  const profiles = await listPaymentProfiles(ctx);
  const lookups = await listLookupChoices(ctx);
  if (!profiles.ok && profiles.error.code === 'forbidden')
    return <NoPermission what="issuing payment links" />;
  return (
    <div className="mx-auto max-w-3xl">
      <BackLink href={back} />
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <p className="mt-1 mb-6 text-muted">
        One customer, one payment. The link works for 72 hours from now. Never type a card number here.
      </p>
      {profiles.ok && profiles.value.length === 0 ? (
        <Notice tone="bad">
          No payment profile can take payments yet. An owner or admin sets one up with a gateway first.
        </Notice>
      ) : profiles.ok ? (
        <IssueForm
          formId={randomUUID()}
          cancelHref={back}
          profiles={profiles.value}
          lookups={lookups.ok ? lookups.value : []}
          currencies={{
            common: COMMON_CURRENCIES,
            other: CURRENCIES.filter((code) => !COMMON_CURRENCIES.includes(code)),
          }}
          locales={Object.entries(LOCALES)}
          zones={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]}
          defaults={{ locale: session.merchant.locale, timeZone: session.merchant.timeZone }}
        />
      ) : (
        <Notice tone="bad">{profiles.error.message}</Notice>
      )}
    </div>
  );
}
