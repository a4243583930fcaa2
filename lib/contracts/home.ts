import * as z from 'zod';
import { type Counts, type Outstanding, PERIODS, type Period, type Waiting, type Way } from '@/core/figures';
import type { Needs } from './reconciliation';

export const readHomeInput = z.strictObject({
  days: z
    .string()
    .transform(Number)
    .refine((days): days is Period => PERIODS.some((known) => known === days), {
      error: `must be one of ${PERIODS.join(', ')}`,
    })
    .default(30),
});

type LinkName = { reference: string | null; description: string | null; customerName: string | null };

export type HomeNeeds = Needs & Waiting;

/** What the home page tells: of this moment, and of so many days with today. */
export type Home = {
  needs: HomeNeeds;
  /** The first links whose newest message failed, and whose card was declined twice. */
  troubled: Record<'undelivered' | 'declinedTwice', { id: string; name: LinkName }[]>;
  outstanding: Outstanding[];
  days: { day: string; issued: number; paid: number }[];
  funnel: Counts;
  ways: ({ way: Way } & Counts)[];
  /** From the issue to the payment, of the links that were paid in these days. */
  medianSeconds: number | null;
};
