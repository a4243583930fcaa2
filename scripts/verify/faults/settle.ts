/** After the faults: waits until every outcome is known and every event is delivered. */
import { setTimeout as sleep } from 'node:timers/promises';
import { idFromUuid } from '@/core/ids';
import type { House } from './house';

/** Invariant I11: after faults stop nothing stays undecided longer than this. */
export const UNDECIDED_LIMIT_MS = 120_000;
const EVERY_MS = 500;

export type Settled = {
  /** Milliseconds until the last outcome was decided, and until the last event was delivered. */
  decidedMs: number;
  deliveredMs: number;
  /** Sessions whose call is not put back, attempts, refunds and notices without an outcome, and how many deliveries were still open, when the time was over. */
  undecided: string[];
  undelivered: number;
};

/**
 * Waits at most two minutes. A receiver's failures have moved deliveries minutes ahead on their schedule, which is not
 * what is tried here: their next try is brought forward.
 */
export async function settle(house: House): Promise<Settled> {
  const since = performance.now();
  const { sql } = house;
  let decidedMs: number | null = null;
  for (;;) {
    const undecided = await openIn(house);
    await sql`update webhook_deliveries set next_try_at = cf_now()
      where state = 'retrying' and next_try_at > cf_now() + interval '1 second'`;
    const [due] =
      await sql`select count(*)::int as count from webhook_deliveries where state in ('pending', 'retrying')`;
    const undelivered = Number(due?.count);
    const elapsed = performance.now() - since;
    if (undecided.length === 0) decidedMs ??= elapsed;
    else decidedMs = null;
    if ((decidedMs !== null && undelivered === 0) || elapsed > UNDECIDED_LIMIT_MS)
      return { decidedMs: decidedMs ?? elapsed, deliveredMs: elapsed, undecided, undelivered };
    await sleep(EVERY_MS);
  }
}

/** Whatever has no outcome yet, in words. */
async function openIn({ sql, leftToPeople }: House): Promise<string[]> {
  const open = await sql`select id, state, payment_link_id as link from payment_attempts
    where state in ('submitted', 'requires_action', 'unknown')`;
  const attempts = open.filter(({ link }) => !leftToPeople.has(idFromUuid('paymentLink', link)));
  const refunds = await sql`select id, state from refunds where state in ('pending', 'unknown')`;
  const notices =
    await sql`select gateway_id, type, state from gateway_notifications where state in ('received', 'waiting')`;
  const sessions = await sql`select id, state, recording from payment_sessions
    where (kind = 'agent_assist' and ended_at is null) or secured is not null or capture_id is not null
      or recording in ('suspending', 'suspended', 'resuming', 'resume_failed')`;
  return [
    ...sessions.map(
      ({ id, state, recording }) => `${idFromUuid('paymentSession', id)} (${state}, recording ${recording})`,
    ),
    ...attempts.map(({ id, state }) => `${idFromUuid('paymentAttempt', id)} (${state})`),
    ...refunds.map(({ id, state }) => `${idFromUuid('refund', id)} (${state})`),
    ...notices.map(({ gateway_id, type, state }) => `notice ${gateway_id} of ${type} (${state})`),
  ];
}
