'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AgentDesk } from '@/lib/payment-sessions';
import { LIVE_MS } from '../../_parts/live';
import { follow } from '../../_parts/stream';
import type { AgentClient } from './client';

export const deskKey = (id: string) => ['agent-desk', id];

/** What was read later on the database's clock stands, whichever way it came. */
export const newer = (seen: AgentDesk | undefined, got: AgentDesk): AgentDesk =>
  seen && seen.session.id === got.session.id && seen.now > got.now ? seen : got;

/** A session's desk, live: told by the stream, and asked for each two seconds while there is none. */
export function useDesk(client: AgentClient, id: string) {
  const cache = useQueryClient();
  const [live, setLive] = useState(false);
  const read = useQuery({
    queryKey: deskKey(id),
    queryFn: async ({ signal }) =>
      newer(
        cache.getQueryData<AgentDesk>(deskKey(id)),
        await client.read<AgentDesk>(`/sessions/${id}`, signal),
      ),
    refetchInterval: live ? false : LIVE_MS,
    refetchIntervalInBackground: true,
  });
  useEffect(() => {
    const stop = new AbortController();
    void follow(
      {
        open: (signal) => client.stream(`/sessions/${id}/live`, signal),
        onEvent: ({ event, data }) => {
          if (event !== 'desk') return;
          const got = JSON.parse(data) as AgentDesk;
          cache.setQueryData<AgentDesk>(deskKey(id), (seen) => newer(seen, got));
        },
        onLive: (is) => stop.signal.aborted || setLive(is),
      },
      stop.signal,
    );
    return () => stop.abort();
  }, [client, id, cache]);
  return { desk: read.data, error: live ? null : read.error, live };
}
