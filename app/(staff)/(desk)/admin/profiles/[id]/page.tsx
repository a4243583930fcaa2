import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Badge } from '@/app/_components/badge';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { readCompatibility } from '@/lib/compatible';
import { listLookupCalls, readFormLookup } from '@/lib/form-lookups';
import { previewReminder, readProfileSettings } from '@/lib/payment-profiles';
import { listWebhookDeliveries } from '@/lib/webhooks';
import { readWriteBack } from '@/lib/write-backs';
import { BackLink } from '../../../_parts/back-link';
import { NoPermission } from '../../../_parts/no-permission';
import { ButtonCard } from './button-card';
import { CompatibleCard } from './compatible-card';
import { LookupCard } from './lookup-card';
import { LookupLog } from './lookup-log';
import { QuestionCard } from './question-card';
import { ReceiptCard } from './receipt-card';
import { RemindersCard } from './reminders-card';
import { WriteBackCard, WriteBackLog } from './write-back-card';

export const metadata: Metadata = { title: 'Payment profile' };

type Props = { params: Promise<{ id: string }> };

export default async function ProfilePage({ params }: Props) {
  const { ctx, session } = await staffCtx();
  const { id } = await params;
  const found = await readProfileSettings(ctx, id);
  if (!found.ok && found.error.code === 'not_found') notFound();
  if (!found.ok)
    return found.error.code === 'forbidden' ? (
      <NoPermission what="seeing payment profiles" />
    ) : (
      <Notice tone="bad">{found.error.message}</Notice>
    );
  const [lookup, calls, back, compatible, sample] = await Promise.all([
    readFormLookup(ctx, id),
    listLookupCalls(ctx, id),
    readWriteBack(ctx, id),
    readCompatibility(ctx, id),
    previewReminder(ctx),
  ]);
  if (!lookup.ok || !calls.ok || !back.ok || !compatible.ok) notFound();
  const sent =
    back.value && (await listWebhookDeliveries(ctx, { endpoint: back.value.endpoint.id, limit: '10' }));
  const { value: profile } = found;
  const shared = { profile: id, zone: session.timeZone };
  const maySet = roleMay(session.user.role, 'payment_profiles:write');
  return (
    <>
      <BackLink href="/admin/profiles" label="Payment profiles" />
      <div className="mb-5 flex flex-wrap items-center gap-3">
        <h1 className="min-w-0 text-2xl font-semibold tracking-tight break-words">{profile.name}</h1>
        {profile.isDefault && <Badge tone="accent">Default</Badge>}
        {!profile.enabled && <Badge tone="warn">Off</Badge>}
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="space-y-5">
          <LookupCard {...shared} lookup={lookup.value} maySet={maySet} />
          {(lookup.value || calls.value.length > 0) && <LookupLog calls={calls.value} zone={shared.zone} />}
          <QuestionCard profile={profile} maySet={maySet} />
          <CompatibleCard {...shared} compatible={compatible.value} maySet={maySet} />
        </div>
        <div className="space-y-5">
          <ButtonCard
            profile={profile}
            maySet={maySet}
            maySetMoto={roleMay(session.user.role, 'payment_profiles:moto')}
          />
          <RemindersCard profile={profile} maySet={maySet} sample={sample.ok ? sample.value : null} />
          <ReceiptCard profile={profile} maySet={maySet} />
          <WriteBackCard {...shared} back={back.value} maySet={maySet} />
          {sent?.ok && back.value && (
            <WriteBackLog deliveries={sent.value.data} endpoint={back.value.endpoint.id} zone={shared.zone} />
          )}
        </div>
      </div>
    </>
  );
}
