import type { ReactNode } from 'react';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import type { ChallengeKind } from '@/core/challenge';
import type { PaymentLink } from '@/lib/contracts/payment-links';

const MAKERS: Record<string, string> = { api_client: 'by API', user: '', system: '' };

/** What a payer is asked before the page shows what it is for. */
const CHALLENGES: Record<ChallengeKind, string> = {
  passcode: 'a passcode, by another channel',
  postcode: 'the postcode',
  phone_ending: 'the end of the phone number',
  reference_phone_ending: 'the reference and the end of the phone number',
};

/** What was asked, of whom, by whom. Only what is known is shown. */
export function Facts({ link, zone }: { link: PaymentLink; zone: string }) {
  const { customer } = link;
  const how = MAKERS[link.createdBy.kind];
  return (
    <Card id="facts" title="Details">
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-2">
        <Fact name="For">{link.description}</Fact>
        <Fact name="Reference">{link.reference}</Fact>
        <Fact name="Customer">{customer.name}</Fact>
        <Fact name="Phone">{customer.phone}</Fact>
        <Fact name="E-mail">{customer.email}</Fact>
        <Fact name="Language">{new Intl.DisplayNames('en', { type: 'language' }).of(customer.locale)}</Fact>
        {link.challenge && <Fact name="Asks first">{CHALLENGES[link.challenge.kind]}</Fact>}
        <Fact name="Opened">
          {link.openedAt ? <Time at={link.openedAt} zone={zone} /> : 'Not yet by a person'}
        </Fact>
        <Fact name="Issued">
          <Time at={link.createdAt} zone={zone} />
        </Fact>
        <Fact name="Issued by">
          {link.createdBy.name}
          {how && <span className="text-muted"> ({how})</span>}
        </Fact>
        {!['active', 'partially_paid'].includes(link.status) && <Fact name="Words">{link.phrase}</Fact>}
      </dl>
      <p className="mt-3 border-t border-line pt-3 font-mono text-xs break-all text-muted">{link.id}</p>
    </Card>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) =>
  children ? (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  ) : null;
