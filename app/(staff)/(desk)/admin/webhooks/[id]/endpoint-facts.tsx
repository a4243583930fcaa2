import Link from 'next/link';
import { Time } from '@/app/_components/time';
import { Facts } from '../../money/_parts/facts';
import { kindText } from '../_parts/words';
import type { NamedEndpoint } from '../read';

const Code = ({ text }: { text: string | null }) => (
  <span className="font-mono text-xs break-all">{text ?? '–'}</span>
);

/** What stands for a payment profile leads there: a write-back is set up with it. */
const whatFor = (endpoint: NamedEndpoint) =>
  endpoint.profile === null ? (
    (endpoint.description ?? '–')
  ) : (
    <>
      <Link
        href={`/admin/profiles/${endpoint.profile}`}
        prefetch={false}
        className="text-accent underline underline-offset-2"
      >
        {kindText(endpoint)}
      </Link>
      {endpoint.description && ` · ${endpoint.description}`}
    </>
  );

/** What an endpoint is and wants. */
export function EndpointFacts({ endpoint, zone }: { endpoint: NamedEndpoint; zone: string }) {
  const { types, headerNames, createdAt, previousSecretUntil } = endpoint;
  return (
    <Facts
      rows={[
        ['What for', whatFor(endpoint)],
        ['Events', types === null ? 'All' : <Types key="types" types={types} />],
        headerNames.length > 0 && ['Own headers', headerNames.join(', ')],
        ['Made', <Time key="made" at={createdAt} zone={zone} style="full" />],
        previousSecretUntil && [
          'Old secret until',
          <Time key="old" at={previousSecretUntil} zone={zone} style="full" />,
        ],
        ['Public key', <Code key="key" text={endpoint.publicKey} />],
        ['Key set', <Code key="set" text={endpoint.keySetUrl} />],
        ['Id', <Code key="id" text={endpoint.id} />],
      ]}
    />
  );
}

const Types = ({ types }: { types: readonly string[] }) => (
  <ul className="font-mono text-xs leading-5 break-all">
    {types.map((type) => (
      <li key={type}>{type}</li>
    ))}
  </ul>
);
