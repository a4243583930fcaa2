import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { NotificationState } from '@/core/reconciliation';
import {
  findNotification,
  listQuarantined,
  moveNotification,
  type NotificationKey,
  type NotificationRow,
} from '@/db/queries/gateway-notifications';
import { findAttemptsBriefly } from '@/db/queries/payment-attempts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Page } from '../contracts/payment-links';
import {
  ignoreNotificationInput,
  listWaitingInput,
  reapplyNotificationInput,
} from '../contracts/reconciliation';
import { audit } from '../events/audit';
import { cutPage } from '../page';
import { parseInput, refuseCursor } from '../parse';
import { executor, transact } from '../transact';
import type { StoredFact } from './quarantine';
import { scheduleNotification } from './wake';

/** A notification in quarantine: what the gateway said, in our words, and why it was set aside. */
export type HeldNotification = {
  id: string;
  object: 'gateway_notification';
  profile: string;
  type: string;
  state: NotificationState;
  reason: string | null;
  paymentAttempt: string | null;
  /** The payment link of that attempt, and what the attempt is for; null where there is no such attempt of this merchant's. */
  paymentLink: string | null;
  asked: { amountMinor: number; currency: string } | null;
  says: StoredFact;
  receivedAt: string;
};

type About = { paymentLink: string; amountMinor: number; currency: string };
const view = (row: NotificationRow, about: About | undefined): HeldNotification => ({
  id: row.gatewayId,
  object: 'gateway_notification',
  profile: row.profileId,
  type: row.type,
  state: row.state,
  reason: row.reason,
  paymentAttempt: row.paymentAttemptId,
  paymentLink: about?.paymentLink ?? null,
  asked: about ? { amountMinor: about.amountMinor, currency: about.currency } : null,
  says: JSON.parse(row.payload) as StoredFact,
  receivedAt: row.receivedAt.toISOString(),
});

/** A cursor is a notification's profile and id; no profile has a space in it. */
function placeOf(cursor: string): Pick<NotificationKey, 'profileId' | 'gatewayId'> | null {
  const at = cursor.indexOf(' ');
  const profileId = cursor.slice(0, at);
  return at > 0 && isId('profile', profileId) ? { profileId, gatewayId: cursor.slice(at + 1) } : null;
}

/** A page of what gateways said that cannot be, newest first. */
export async function listQuarantine(ctx: Ctx, raw: unknown = {}): Promise<Outcome<Page<HeldNotification>>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listWaitingInput, raw, ['cursor']);
  if (!parsed.ok) return parsed;
  const { limit, cursor } = parsed.value;
  const before = cursor === undefined ? undefined : placeOf(cursor);
  if (before === null) return refuseCursor();
  const tx = executor(ctx);
  const rows = await listQuarantined(tx, ctx.merchantId, limit + 1, before);
  const { page, nextCursor } = cutPage(
    rows,
    limit,
    ({ profileId, gatewayId }) => `${profileId} ${gatewayId}`,
  );
  const attempts = await findAttemptsBriefly(tx, ctx.merchantId, page.map(attemptOf));
  return ok({
    data: page.map((row) => view(row, attempts.get(attemptOf(row)))),
    nextCursor,
  });
}

const attemptOf = (row: NotificationRow): string => row.paymentAttemptId ?? '';

/** Puts a quarantined notification away for good. Input: `profile` and `id` as the list tells them, and the reason. */
export const ignoreNotification = (ctx: Ctx, raw: unknown): Promise<Outcome<HeldNotification>> =>
  decide(ctx, raw, 'ignored');

/** Lets a quarantined notification be applied again, as if it had just come. Input as for ignoring; the reason may be left out. */
export const reapplyNotification = (ctx: Ctx, raw: unknown): Promise<Outcome<HeldNotification>> =>
  decide(ctx, raw, 'received');

type Decision = { profile: string; id: string; reason?: string | undefined };
async function decide(
  ctx: Ctx,
  raw: unknown,
  to: 'ignored' | 'received',
): Promise<Outcome<HeldNotification>> {
  const allowed = authorize(ctx, 'reconciliation:write');
  if (!allowed.ok) return allowed;
  const schema = to === 'ignored' ? ignoreNotificationInput : reapplyNotificationInput;
  const parsed = parseInput<Decision>(schema, raw, ['profile', 'id']);
  if (!parsed.ok) return parsed;
  const { reason = null } = parsed.value;
  const key = { merchantId: ctx.merchantId, profileId: parsed.value.profile, gatewayId: parsed.value.id };
  return transact(ctx, async (tx) => {
    if (!isId('profile', key.profileId) || !(await findNotification(tx, key)))
      return refuse('not_found', 'There is no such notification.');
    const moved = await moveNotification(tx, key, ['quarantined'], to, null);
    if (!moved) return refuse('conflict', 'This notification is not in quarantine any more.');
    const act = to === 'ignored' ? 'gateway_notification.ignore' : 'gateway_notification.apply_again';
    await audit(ctx, tx, act, key.gatewayId, { profile: key.profileId, type: moved.type, reason });
    if (to === 'received') await scheduleNotification(tx, key, 0);
    const attempts = await findAttemptsBriefly(tx, ctx.merchantId, [attemptOf(moved)]);
    return ok(view(moved, attempts.get(attemptOf(moved))));
  });
}
