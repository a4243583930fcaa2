import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import {
  type BulkActRow,
  beginBulkAct,
  findBulkAct,
  holdRunningAct,
  listWaitingLinks,
  moveBulkAct,
  noteLeft,
  takeLink,
} from '@/db/queries/bulk-acts';
import { findUser } from '@/db/queries/team';
import type { Ctx, Services } from '../context';
import { audit } from '../events/audit';
import { errorText } from '../log';
import { cancelIdleLink } from '../payment-links/cancel';
import { sendPaymentLink } from '../payment-links/send';
import { systemCtx } from '../system';
import { isPassing, transact } from '../transact';
import { scheduleBulkAct } from './schedule';

type Key = { merchantId: number; id: string };
type Act = BulkActRow['act'];
type Waiting = { place: number; paymentLink: string };

/** So many links are looked up at once. */
const LINKS = 100;
const WAIT_SECONDS = 2;

/**
 * Works on an act for at most `budgetMs`, link by link, and puts the rest on the queue again. That a link is done is written in the
 * transaction of the single act: killed at any moment, no link is done twice, however many workers are at it. Who asked for
 * it is judged anew for each link. Returns the state in which the act is left.
 */
export async function runBulkAct(services: Services, key: Key, budgetMs: number): Promise<Outcome<string>> {
  const until = performance.now() + budgetMs;
  await beginBulkAct(services.db, key);
  const found = await findBulkAct(services.db, key);
  if (!found) return refuse('not_found', 'There is no such bulk act.');
  const { act, startsInSeconds } = found;
  if (act.state === 'waiting') {
    await scheduleBulkAct(services.db, key, Math.max(startsInSeconds ?? 0, 1));
    return ok(act.state);
  }
  if (act.state !== 'running') return ok(act.state);
  if (!(await actorCtx(services, services.db, act)))
    return ok(await stopFor(systemCtx(services, key.merchantId, act.requestId), key));
  for (let after = 0; performance.now() < until; ) {
    const waiting = await listWaitingLinks(services.db, key, after, LINKS);
    if (waiting.length === 0) return end(services, key);
    if (!(await work(services, act, waiting, until))) break;
    after = waiting.at(-1)?.place ?? after;
  }
  await scheduleBulkAct(services.db, key);
  return ok(act.state);
}

/** The act of whoever asked for it, with the role they have now; null where they may come in no more. */
async function actorCtx(services: Services, tx: Executor, act: Act): Promise<Ctx | null> {
  const { merchantId, createdById: id, requestId, address } = act;
  const user = await findUser(tx, { merchantId, id });
  if (!user || user.disabledAt) return null;
  const actor = { kind: 'user', id, name: user.name, role: user.role } as const;
  return { ...services, merchantId, actor, requestId, ...(address !== null && { address }) };
}

async function stopFor(ctx: Ctx, key: Key): Promise<string> {
  await transact(ctx, async (tx) => {
    if (await moveBulkAct(tx, key, ['running', 'stopped'], { endedAt: dbNow }))
      await audit(ctx, tx, 'bulk_act.stop', key.id);
    return ok(true);
  });
  return 'stopped';
}

/** Ends an act of which every link has had its turn, but for those that another worker or act had in hands: they are tried again. */
async function end({ db }: Services, key: Key): Promise<Outcome<string>> {
  const held = await listWaitingLinks(db, key, 0, 1);
  if (held.length > 0) await scheduleBulkAct(db, key, WAIT_SECONDS);
  else await moveBulkAct(db, key, ['running', 'completed'], { endedAt: dbNow });
  return ok(held.length > 0 ? 'running' : 'completed');
}

/** Does these links in turn; false where the time is over, or the act runs no more. */
async function work(
  services: Services,
  act: Act,
  links: readonly Waiting[],
  until: number,
): Promise<boolean> {
  for (const link of links) {
    if (performance.now() > until) return false;
    try {
      if (!(await doLink(services, act, link))) return false;
    } catch (error) {
      if (isPassing(error)) continue;
      const { merchantId } = act;
      services.log.error('bulk_act', { merchantId, paymentLink: link.paymentLink, error: errorText(error) });
      await leaveBroken(services, act, link.place);
    }
  }
  return true;
}

const leaveBroken = (services: Services, act: Act, place: number) =>
  transact(services, async (tx) => {
    if (await takeLink(tx, act, place))
      await noteLeft(tx, act, place, 'Something went wrong on our side. Try this one by itself.');
    return ok(true);
  });

/** One link with what became of it, in one transaction; false where the act runs no more, or its person may come in no more. */
async function doLink(services: Services, act: Act, { place, paymentLink }: Waiting): Promise<boolean> {
  const done = await transact(services, async (tx) => {
    if (!(await holdRunningAct(tx, act))) return ok(false);
    const ctx = await actorCtx(services, tx, act);
    if (!ctx) return ok(false);
    if (!(await takeLink(tx, act, place))) return ok(true);
    const outcome = await actOn({ ...ctx, tx, isBulk: true }, act, paymentLink);
    if (!outcome.ok) await noteLeft(tx, act, place, outcome.error.message);
    return ok(true);
  });
  return done.ok && done.value;
}

/** The verb of the single act, which judges by itself. */
const actOn = (ctx: Ctx, { id, act, channel, reason }: Act, link: string): Promise<Outcome<unknown>> =>
  act === 'send'
    ? sendPaymentLink(ctx, link, { channel })
    : cancelIdleLink(ctx, link, { reason: reason ?? '', bulkAct: id });
