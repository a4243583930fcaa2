'use client';
import { useQuery } from '@tanstack/react-query';
import type { Needs } from '@/lib/contracts/reconciliation';
import { LIVE_MS, readJson } from '../../../_parts/live';

/** How much waits for a person, live; asked less often than what is being looked at. */
export const useNeeds = (first: Needs) =>
  useQuery({
    queryKey: ['money', 'needs'],
    queryFn: ({ signal }) => readJson<Needs>('/api/staff/money/needs', signal),
    initialData: first,
    refetchInterval: 5 * LIVE_MS,
  });
