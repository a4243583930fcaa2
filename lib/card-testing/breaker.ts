import { type Outcome, ok, refuse } from '@/core/outcome';
import { settleAlert } from '@/db/queries/alerts';
import {
  closeBreaker as close,
  findCardTestingFacts,
  findDay,
  openBreaker as open,
} from '@/db/queries/card-testing';
import { findMerchant } from '@/db/queries/merchants';
import { raiseAlert } from '../alerts/raise';
import { authorize } from '../authorize';
import { actorName, type Ctx } from '../context';
import { type Breaker, moveBreakerInput } from '../contracts/reconciliation';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { executor, transact } from '../transact';
import { BREAKER_ALERT } from './guard';

/** Whether this merchant's new payments on the web are paused, until when, and what the last ten minutes and the last day brought. */
export async function readBreaker(ctx: Ctx): Promise<Outcome<Breaker>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const facts = await findCardTestingFacts(tx, ctx.merchantId, null, undefined);
  const until = (await findMerchant(tx, ctx.merchantId))?.breakerUntil;
  return ok({
    object: 'breaker',
    state: facts.breakerOpen ? 'open' : 'closed',
    until: facts.breakerOpen && until ? until.toISOString() : null,
    ...facts.merchant,
    day: await findDay(tx, ctx.merchantId),
  });
}

/** A person suspects card testing: new payments on the web are paused as if the breaker had opened by itself. */
export const openBreaker = (ctx: Ctx, raw: unknown): Promise<Outcome<Breaker>> => move(ctx, raw, 'open');

/** A person knows that it is no card testing: payments are taken again at once, and tries until now count no more. */
export const closeBreaker = (ctx: Ctx, raw: unknown): Promise<Outcome<Breaker>> => move(ctx, raw, 'closed');

async function move(ctx: Ctx, raw: unknown, to: Breaker['state']): Promise<Outcome<Breaker>> {
  const allowed = authorize(ctx, 'reconciliation:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(moveBreakerInput, raw);
  if (!parsed.ok) return parsed;
  const { reason } = parsed.value;
  const { kind, subject } = BREAKER_ALERT;
  return transact(ctx, async (tx) => {
    const moved = await (to === 'open' ? open : close)(tx, ctx.merchantId);
    if (!moved)
      return refuse('conflict', to === 'open' ? 'Payments are paused already.' : 'Payments are taken.');
    await audit(ctx, tx, to === 'open' ? 'breaker.open' : 'breaker.close', subject, { reason });
    const name = actorName(ctx.actor);
    if (to === 'closed') await settleAlert(tx, ctx.merchantId, kind, subject, name);
    else
      await raiseAlert(ctx, tx, {
        ...BREAKER_ALERT,
        message: `${name} has paused new payments on the web for 15 minutes; payments by telephone go on. The reason given: ${reason}`,
      });
    return readBreaker({ ...ctx, tx });
  });
}
