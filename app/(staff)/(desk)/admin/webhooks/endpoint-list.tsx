'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Empty } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import { disablesAt } from '@/core/retry-schedule';
import { LIVE_MS, readJson } from '../../_parts/live';
import { ListFrame } from '../money/_parts/list-frame';
import { EndpointBadge, kindText, placeOf } from './_parts/words';
import type { NamedEndpoint } from './read';

/** Every endpoint and how it is doing; live. */
export function EndpointList({ first, zone }: { first: NamedEndpoint[]; zone: string }) {
  const list = useQuery({
    queryKey: ['webhooks', 'endpoints'],
    queryFn: ({ signal }) => readJson<NamedEndpoint[]>('/api/staff/webhooks/endpoints', signal),
    initialData: first,
    refetchInterval: LIVE_MS,
  });
  const { data } = list;
  return (
    <div className="mt-5">
      <ListFrame zone={zone} list={{ error: list.error }}>
        {data.length === 0 ? (
          <Empty title="No endpoint yet">
            <p>Without one, nobody is told; events can still be read by API.</p>
          </Empty>
        ) : (
          <ul className="space-y-3" aria-label="Endpoints">
            {data.map((one) => (
              <Item key={one.id} one={one} zone={zone} />
            ))}
          </ul>
        )}
      </ListFrame>
    </div>
  );
}

const Item = ({ one, zone }: { one: NamedEndpoint; zone: string }) => (
  <li className="rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
      <Link
        href={`/admin/webhooks/${one.id}`}
        prefetch={false}
        className="min-w-0 font-medium break-all text-accent underline underline-offset-2"
      >
        {placeOf(one)}
      </Link>
      <EndpointBadge state={one.state} />
    </div>
    {one.description && <p className="mt-1">{one.description}</p>}
    <p className="mt-1 text-sm text-muted">
      {one.kind !== 'events' && `${kindText(one)} · `}
      {one.types === null ? 'All events' : one.types.join(', ')}
    </p>
    {one.state === 'failing' && one.failingSince && (
      <p className="mt-1 text-sm text-bad">
        Failing since <Time at={one.failingSince} zone={zone} />; it is switched off{' '}
        <Time at={disablesAt(new Date(one.failingSince)).toISOString()} zone={zone} />
      </p>
    )}
    {one.disabledReason && <p className="mt-1 text-sm text-muted">Off: {one.disabledReason}</p>}
  </li>
);
