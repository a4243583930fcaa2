import Link from 'next/link';
import { Badge } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import type { WebhookDelivery } from '@/lib/contracts/webhook-deliveries';
import type { WriteBack } from '@/lib/contracts/write-backs';
import { CREDENTIAL_WORDS } from '../../../_words/lookup';
import { Facts } from '../../money/_parts/facts';
import { DeliveryList } from '../../webhooks/_parts/delivery-list';
import { EndpointBadge } from '../../webhooks/_parts/words';
import { END_WORDS } from './words';
import { WriteBackActs } from './write-back-acts';

type Props = { profile: string; back: WriteBack | null; maySet: boolean; zone: string };

/** Where the ends of this profile's payments are written back to. */
export const WriteBackCard = ({ profile, back, maySet, zone }: Props) => (
  <Card
    id="write-back"
    title="Write-back"
    aside={back ? <EndpointBadge state={back.endpoint.state} /> : <Badge>Not set up</Badge>}
  >
    <p className="text-muted">
      When a payment or a link has ended, your own system is told, in the words of your template. It is tried
      for 30 days and never changes the payment.
    </p>
    {back ? (
      <WriteBackFacts back={back} zone={zone} />
    ) : (
      <p className="mt-3">Nothing is written back on this profile. Webhooks are sent all the same.</p>
    )}
    {maySet && <WriteBackActs profile={profile} back={back} />}
    {!maySet && !back && <p className="mt-2 text-sm text-muted">An owner or admin can set it up.</p>}
  </Card>
);

function WriteBackFacts({ back, zone }: { back: WriteBack; zone: string }) {
  const { endpoint, credentials } = back;
  return (
    <>
      <Facts
        rows={[
          [
            'Address',
            <span key="url" className="font-mono text-[0.8125rem] break-all">
              {back.method} {endpoint.url}
            </span>,
          ],
          ['Proof', CREDENTIAL_WORDS[credentials.kind]],
          credentials.kind === 'oauth' && ['Token from', credentials.tokenUrl],
          credentials.kind === 'header' && ['Header', credentials.name],
          ['Told', back.ends.map((end) => END_WORDS[end]).join(', ')],
          endpoint.failingSince && [
            'Failing since',
            <Time key="failing" at={endpoint.failingSince} zone={zone} style="long" />,
          ],
          endpoint.disabledReason && ['Off because', endpoint.disabledReason],
        ]}
      />
      <details className="mt-3">
        <summary className="min-h-8 cursor-pointer text-sm font-medium text-accent">The template</summary>
        <pre className="mt-1 max-h-72 overflow-auto rounded-lg bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap">
          {back.template}
        </pre>
      </details>
    </>
  );
}

type LogProps = { deliveries: WebhookDelivery[]; endpoint: string; zone: string };

/** The newest write-backs, with the way to all of them and to what can be done with the endpoint. */
export const WriteBackLog = ({ deliveries, endpoint, zone }: LogProps) => (
  <Card id="write-backs" title="The newest write-backs">
    <DeliveryList deliveries={deliveries} zone={zone} />
    <p className="mt-3 text-sm">
      <Link
        href={`/admin/webhooks/${endpoint}`}
        prefetch={false}
        className="font-medium text-accent underline underline-offset-2"
      >
        All write-backs, signing secret, switching off
      </Link>
    </p>
  </Card>
);
