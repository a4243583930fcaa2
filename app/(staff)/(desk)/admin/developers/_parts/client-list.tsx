import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/app/_components/badge';
import { Time } from '@/app/_components/time';
import type { ApiKey, OAuthClient } from '@/lib/contracts/api-clients';
import { Facts } from '../../money/_parts/facts';
import { ClientActs } from './client-acts';
import { STATES, scopeText } from './words';

type Props = { one: ApiKey | OAuthClient; zone: string };

/** Keys or clients, newest first; those that work no more stand behind the others, folded. */
export function ClientList({ label, all, zone }: { label: string; all: Props['one'][]; zone: string }) {
  const [working, ended] = [true, false].map((works) =>
    all.filter(({ state }) => (state === 'active') === works),
  );
  const list = (name: string, some: Props['one'][] = []) => (
    <ul aria-label={name} className="mt-4 divide-y divide-line">
      {some.map((one) => (
        <Item key={one.id} one={one} zone={zone} />
      ))}
    </ul>
  );
  return (
    <>
      {working && working.length > 0 && list(label, working)}
      {ended && ended.length > 0 && (
        <details className="mt-4">
          <summary className="min-h-10 cursor-pointer py-2 text-muted">
            {ended.length === 1 ? '1 that works no more' : `${ended.length} that work no more`}
          </summary>
          {list(`${label}, ended`, ended)}
        </details>
      )}
    </>
  );
}

function Item({ one, zone }: Props) {
  const time = (at: string | null, otherwise: string): ReactNode =>
    at ? <Time at={at} zone={zone} style="full" /> : otherwise;
  const isKey = one.object === 'api_key';
  const { label, tone } = STATES[one.state];
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <h3 className="min-w-0 font-medium break-words">{one.name}</h3>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <Facts
        rows={[
          [isKey ? 'Begins with' : 'Client id', <Code key="id">{isKey ? `${one.prefix}…` : one.id}</Code>],
          ['Last used', time(one.lastUsedAt, 'Never')],
          isKey && one.state !== 'revoked' && ['Ends', time(one.expiresAt, 'When it is revoked')],
          one.revokedAt && ['Revoked', time(one.revokedAt, '')],
          !isKey && one.previousSecretUntil && ['Old secret until', time(one.previousSecretUntil, '')],
          ['From', one.addresses?.join(', ') ?? 'Anywhere'],
          ['Made', <Made key="made" by={one.createdBy} at={time(one.createdAt, '')} />],
          ['May', <Scopes key="scopes" scopes={one.scopes} />],
        ]}
      />
      <p className="mt-2 text-sm">
        <Link
          href={`/admin/developers/requests?client=${one.id}`}
          prefetch={false}
          className="text-accent underline underline-offset-2"
        >
          Its requests
        </Link>
      </p>
      {one.state === 'active' && (
        <ClientActs
          kind={isKey ? 'key' : 'client'}
          id={one.id}
          name={one.name}
          what={isKey ? 'API key' : 'client secret'}
        />
      )}
    </li>
  );
}

const Code = ({ children }: { children: ReactNode }) => (
  <code className="font-mono text-xs break-all">{children}</code>
);

const Made = ({ by, at }: { by: string; at: ReactNode }) => (
  <>
    {at} by {by}
  </>
);

const FEW = 4;
const Scopes = ({ scopes }: { scopes: string[] }) => {
  const words = scopes.map(scopeText);
  if (words.length <= FEW) return words.join(', ');
  return (
    <details>
      <summary className="cursor-pointer">{words.length} things</summary>
      {words.join(', ')}
    </details>
  );
};
