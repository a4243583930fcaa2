import type { Outcome } from '@/core/outcome';
import {
  dropIdempotencyKey,
  findIdempotencyKey,
  type IdempotencyKeyRow,
  storeAnswer,
  takeIdempotencyKey,
  waitAtMost,
} from '@/db/queries/idempotency';
import { isLockTimeout } from '@/db/refusals';
import type { Ctx } from '../context';
import { seal, sha256, unseal } from '../crypto';
import type { Doing } from '../transact';

/** An answer as it goes over the wire. */
export type Answer = { status: number; body: string };
export type Idempotent =
  | { kind: 'answer'; answer: Answer; replayed: boolean }
  | { kind: 'in_flight' }
  | { kind: 'mismatch' };

/** The payment link that an answer tells of, if any. */
const linkIn = (body: string): string | null => /\bplink_[0-7][0-9a-z]{25}\b/.exec(body)?.[0] ?? null;

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

/** What is done in the transaction. It waits for nothing outside the database. */
export type Work = (ctx: Ctx) => Promise<Answer>;
/** Work that has to ask outside the database: `prepare` asks, before the transaction, and gives what is done in it. */
export type PreparedWork = { prepare: (ctx: Ctx) => Promise<Work> };

/** Work from what is done and from how its outcome is told. */
export const answering = <T>(doing: Doing<T>, told: (outcome: Outcome<T>) => Answer): Work | PreparedWork =>
  typeof doing === 'function'
    ? async (ctx) => told(await doing(ctx))
    : {
        prepare: async (outer) => {
          const act = await doing.prepare(outer);
          return async (inner) => told(act.ok ? await act.value(inner) : act);
        },
      };

type Keyed = {
  key: { merchantId: number; path: string; key: string };
  hash: string;
  seconds: number;
  /** The key's own, and what its answer is sealed to. */
  context: string;
};

/** Binds a sealed answer to its key. */
export const answerContext = ({ merchantId, path, key }: Keyed['key']): string =>
  `idempotency:${merchantId}:${path}:${key}`;

/** Keys whose work is being prepared in this process. */
const preparing = new Set<string>();

/**
 * Does `work` at most once per merchant, path and key. Work and answer are one transaction: after a crash in the middle
 * nothing was done and nothing is kept, so the next try does it; after the commit every try gets the same bytes, and asks
 * nothing outside again.
 */
export async function idempotently(
  ctx: Ctx,
  request: IdempotentRequest,
  work: Work | PreparedWork,
): Promise<Idempotent> {
  const { merchantId } = ctx;
  const key = { merchantId, path: request.path, key: request.key };
  const keyed: Keyed = {
    key,
    hash: sha256(request.body),
    seconds: KEPT_SECONDS[request.tellsSecret ? 'secret' : 'plain'],
    context: answerContext(key),
  };
  const kept = await findIdempotencyKey(ctx.db, keyed.key);
  if (kept && !kept.isOver) return replay(ctx, keyed, kept);
  if (typeof work === 'function') return inTransaction(ctx, keyed, work);
  const { context } = keyed;
  if (preparing.has(context)) return { kind: 'in_flight' };
  preparing.add(context);
  try {
    return await inTransaction(ctx, keyed, await work.prepare(ctx));
  } finally {
    preparing.delete(context);
  }
}

function replay(ctx: Ctx, { hash, context }: Keyed, kept: IdempotencyKeyRow | undefined): Idempotent {
  if (!kept || kept.requestHash !== hash) return { kind: 'mismatch' };
  const body = unseal(ctx.config.dataKey, kept.answer, context);
  return { kind: 'answer', answer: { status: kept.status, body }, replayed: true };
}

async function inTransaction(ctx: Ctx, keyed: Keyed, work: Work): Promise<Idempotent> {
  const { key, hash, seconds, context } = keyed;
  let taken = false;
  try {
    const done = await ctx.db.transaction(async (tx): Promise<Idempotent> => {
      await waitAtMost(tx, IN_FLIGHT_MS);
      if (!(await takeIdempotencyKey(tx, key, hash, seconds)))
        return replay(ctx, keyed, await findIdempotencyKey(tx, key));
      taken = true;
      await waitAtMost(tx, null);
      const answer = await work({ ...ctx, tx });
      const sealed = () => seal(ctx.config.dataKey, answer.body, context);
      const { status } = answer;
      if (isKept(status))
        await storeAnswer(tx, key, { status, answer: sealed(), paymentLinkId: linkIn(answer.body) });
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
