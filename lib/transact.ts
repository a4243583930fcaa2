import type { Outcome } from '@/core/outcome';
import { trace } from '@/core/trace';
import type { Executor } from '@/db/client';
import { isDatabaseAway, isLockTimeout } from '@/db/refusals';
import type { Ctx } from './context';

class Refused extends Error {
  constructor(readonly outcome: { ok: false; error: unknown }) {
    super('refused');
  }
}

/** One transaction, or a savepoint in the act's own. A refusal rolls back what was written before it. */
export const transact = <T>(ctx: Within, work: (tx: Executor) => Promise<Outcome<T>>): Promise<Outcome<T>> =>
  ctx.tx
    ? inTransaction(ctx, work)
    : trace({ name: 'transaction' }, async ({ note }) => {
        const outcome = await inTransaction(ctx, work);
        if (!outcome.ok) note({ 'counterfoil.refused': outcome.error.code });
        return outcome;
      });

type Within = Pick<Ctx, 'db' | 'tx' | 'wake'>;

async function inTransaction<T>(
  ctx: Within,
  work: (tx: Executor) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    const done = await (ctx.tx ?? ctx.db).transaction(async (tx) => {
      const outcome = await work(tx);
      if (!outcome.ok) throw new Refused(outcome);
      return outcome;
    });
    if (!ctx.tx) ctx.wake?.();
    return done;
  } catch (error) {
    if (error instanceof Refused) return error.outcome as Outcome<T>;
    throw error;
  }
}

/** What is left of an act once all that it asks outside the database is known. It waits for nothing else. */
export type Act<T> = (ctx: Ctx) => Promise<Outcome<T>>;
/** What is done in a transaction: at once, or once `prepare` has asked outside the database, before the transaction. */
export type Doing<T> = Act<T> | { prepare: (ctx: Ctx) => Promise<Outcome<Act<T>>> };

/**
 * Before anything outside the database is asked: throws inside a transaction, which would hold its connection, of a handful,
 * as long as the other side hangs.
 */
export function requireNoTransaction(ctx: Ctx): void {
  if (ctx.tx) throw new Error('nothing outside the database is waited for in a transaction');
}

/** Prepares an act and does it. Within a transaction the two steps are taken apart. */
export async function perform<T>(
  ctx: Ctx,
  prepare: (ctx: Ctx) => Promise<Outcome<Act<T>>>,
): Promise<Outcome<T>> {
  requireNoTransaction(ctx);
  const act = await prepare(ctx);
  return act.ok ? act.value(ctx) : act;
}

/** The database or transaction that a reading verb runs on. */
export const executor = (ctx: Ctx): Executor => ctx.tx ?? ctx.db;

/** True for what is nobody's fault and passes: the database is away, or another act holds the object for too long. */
export const isPassing = (error: unknown): boolean => isDatabaseAway(error) || isLockTimeout(error);
