import {
  dropIdempotencyKey,
  findIdempotencyKey,
  storeAnswer,
  takeIdempotencyKey,
  waitAtMost,
} from '@/db/queries/idempotency';
import { isLockTimeout } from '@/db/refusals';
import type { Ctx } from '../context';
import { seal, sha256, unseal } from '../crypto';

/** An answer as it goes over the wire. */
export type Answer = { status: number; body: string };
export type Idempotent =
  | { kind: 'answer'; answer: Answer; replayed: boolean }
  | { kind: 'in_flight' }
  | { kind: 'mismatch' };

const IN_FLIGHT_MS = 50;
const DAY_SECONDS = 86_400;
/** How long an answer is kept; one that tells a secret a day. */
const KEPT_SECONDS = { plain: 7 * DAY_SECONDS, secret: DAY_SECONDS } as const;

export type IdempotentRequest = {
  path: string;
  key: string;
  /** All that a repetition must have in common with the first. */
  body: string;
  tellsSecret?: boolean;
};

/** Answers that a client should be free to try again for: they are never kept. */
const isKept = (status: number): boolean => status < 500 && status !== 401 && status !== 429;

/**
 * Does `work` at most once per merchant, path and key. Work and answer are one transaction: after a crash in the middle
 * nothing was done and nothing is kept, so the next try does it; after the commit every try gets the same bytes.
 */
export async function idempotently(
  ctx: Ctx,
  request: IdempotentRequest,
  work: (ctx: Ctx) => Promise<Answer>,
): Promise<Idempotent> {
  const { merchantId } = ctx;
  const key = { merchantId, path: request.path, key: request.key };
  const hash = sha256(request.body);
  const seconds = KEPT_SECONDS[request.tellsSecret ? 'secret' : 'plain'];
  let taken = false;
  const context = `idempotency:${merchantId}:${request.path}:${request.key}`;
  try {
    const done = await ctx.db.transaction(async (tx): Promise<Idempotent> => {
      await waitAtMost(tx, IN_FLIGHT_MS);
      if (!(await takeIdempotencyKey(tx, key, hash, seconds))) {
        const kept = await findIdempotencyKey(tx, key);
        if (!kept || kept.requestHash !== hash) return { kind: 'mismatch' };
        const body = unseal(ctx.config.dataKey, kept.answer, context);
        return { kind: 'answer', answer: { status: kept.status, body }, replayed: true };
      }
      taken = true;
      await waitAtMost(tx, null);
      const answer = await work({ ...ctx, tx });
      if (isKept(answer.status))
        await storeAnswer(tx, key, answer.status, seal(ctx.config.dataKey, answer.body, context));
      else await dropIdempotencyKey(tx, key);
      return { kind: 'answer', answer, replayed: false };
    });
    if (taken) ctx.wake?.();
    return done;
  } catch (error) {
    if (!taken && isLockTimeout(error)) return { kind: 'in_flight' };
    throw error;
  }
}
