import type { Executor } from '@/db/client';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import type { ReadResult } from '../gateways';
import type { LinkAndToken } from '../payment-links/internal';

/** What is to become of a notification. `ask`: only the gateway itself can say whether it is old news or new. */
export type Verdict =
  | { to: 'applied' }
  | { to: 'ignored' }
  | { to: 'ask' }
  | { to: 'waiting'; reason: string }
  /** `fence`: what is held under the attempt's reference is voided, and no more is taken. */
  | { to: 'quarantined'; reason: string; fence?: boolean };

/** What a judge works on: the transaction, with link and attempt under the link's row lock, and the gateway's word if asked. */
export type Case = {
  ctx: Ctx;
  tx: Executor;
  found: LinkAndToken;
  attempt: PaymentAttemptRow;
  read: ReadResult | null;
};

export const APPLIED: Verdict = { to: 'applied' };
export const waiting = (reason: string): Verdict => ({ to: 'waiting', reason });
export const quarantined = (reason: string, fence = false): Verdict => ({ to: 'quarantined', reason, fence });
