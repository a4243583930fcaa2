import Link from 'next/link';
import { Badge } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import type { Compatibility } from '@/lib/contracts/compatible';
import { CREDENTIAL_WORDS } from '../../../_words/lookup';
import { Facts } from '../../money/_parts/facts';
import { EndpointBadge } from '../../webhooks/_parts/words';
import { CompatibleActs } from './compatible-acts';

type Props = { profile: string; compatible: Compatibility; maySet: boolean; zone: string };

/** Whether this profile can be asked for by systems that were written for the Vonage Payment API, and where they are told. */
export const CompatibleCard = ({ profile, compatible, maySet, zone }: Props) => (
  <Card
    id="compatible"
    title="Vonage-compatible API"
    aside={compatible.enabled ? <Badge tone="ok">On</Badge> : <Badge>Off</Badge>}
  >
    <p className="text-muted">
      A system that was written for the Payment API of Vonage Contact Center begins payment sessions on this
      profile, once it has our address and credentials.
    </p>
    <CompatibleFacts compatible={compatible} zone={zone} />
    {maySet ? (
      <CompatibleActs profile={profile} compatible={compatible} />
    ) : (
      <p className="mt-2 text-sm text-muted">An owner or admin can set it up.</p>
    )}
  </Card>
);

function CompatibleFacts({
  compatible: { configurationId, webhook },
  zone,
}: Pick<Props, 'compatible' | 'zone'>) {
  const [endpoint, credentials] = [webhook?.endpoint ?? null, webhook?.credentials ?? null];
  return (
    <>
      <Facts
        rows={[
          [
            'Account configuration',
            configurationId === null ? (
              'None yet'
            ) : (
              <span key="id" className="font-mono text-[0.8125rem] break-all">
                {configurationId}
              </span>
            ),
          ],
          [
            'Webhook',
            endpoint ? (
              <span key="url" className="flex flex-wrap items-center gap-2">
                <span className="font-mono text-[0.8125rem] break-all">{endpoint.url}</span>
                <EndpointBadge state={endpoint.state} />
              </span>
            ) : (
              'Not set up'
            ),
          ],
          credentials && ['Proof', CREDENTIAL_WORDS[credentials.kind]],
          credentials?.kind === 'oauth' && ['Token from', credentials.tokenUrl],
          credentials?.kind === 'header' && ['Header', credentials.name],
          endpoint?.failingSince
            ? ['Failing since', <Time key="failing" at={endpoint.failingSince} zone={zone} style="long" />]
            : null,
          endpoint?.disabledReason ? ['Off because', endpoint.disabledReason] : null,
        ]}
      />
      {endpoint && (
        <p className="mt-3 text-sm">
          <Link
            href={`/admin/webhooks/${endpoint.id}`}
            prefetch={false}
            className="font-medium text-accent underline underline-offset-2"
          >
            What it was sent, signing secret, switching off
          </Link>
        </p>
      )}
    </>
  );
}
