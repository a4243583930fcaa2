import { type Outcome, ok, refuse } from '@/core/outcome';
import { type Channel, LINK_LIFETIME_SECONDS, REPEAT_SECONDS } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import { renewChallenge } from '@/db/queries/challenges';
import { settleRequests } from '@/db/queries/link-requests';
import { changePaymentLink, instantOfIssue, supersedeTokens } from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import { actorName, type Ctx } from '../context';
import { type PaymentLink, reissuePaymentLinkInput } from '../contracts/payment-links';
import { audit } from '../events/audit';
import { queueMessage } from '../messages/queue';
import { parseInput } from '../parse';
import { transact } from '../transact';
import {
  abandonTickets,
  appendLinkEvent,
  fieldsBefore,
  issueToken,
  type LinkAndToken,
  loadLink,
  notOwed,
  refuseChannel,
  secondsAfter,
  sendOnce,
} from './internal';
import { paymentLinkView } from './view';

/**
 * Issues a link anew: another address, 72 hours from now on the database's clock, and tries that start anew. The old
 * address says that it was replaced. With `send` the new one goes to the addresses on file. Only for what is still owed. One
 * that was reissued within the last minute and still stands so keeps its address: it is the answer.
 */
export async function reissuePaymentLink(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<PaymentLink>> {
  const allowed = authorize(ctx, 'payment_links:renew');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(reissuePaymentLinkInput, raw);
  if (!parsed.ok) return parsed;
  const channels = parsed.value.send.map((one) => one.channel);
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link } = found.value;
    const reason = notOwed(link);
    if (reason) return refuse(reason.code, reason.message);
    for (const channel of channels) {
      const unsendable = await refuseChannel(tx, link, channel, 'send');
      if (unsendable) return unsendable;
    }
    return ok(
      wasJustReissued(found.value)
        ? await sendReissued(ctx, tx, found.value, channels)
        : await issueAnew(ctx, tx, found.value, { channels, freshTries: true }),
    );
  });
}

/** Nothing but the reissue has touched how and until when it is reached. */
function wasJustReissued({ link, token }: LinkAndToken): boolean {
  const ageMs = link.now.getTime() - token.createdAt.getTime();
  return (
    link.reissues > 0 &&
    link.access === 'active' &&
    link.expiresAt.getTime() === token.expiresAt.getTime() &&
    ageMs < REPEAT_SECONDS * 1000
  );
}

/** The same reissue once more: what it did not send yet is sent. */
async function sendReissued(
  ctx: Ctx,
  tx: Executor,
  found: LinkAndToken,
  channels: readonly Channel[],
): Promise<PaymentLink> {
  for (const channel of channels) await sendOnce(ctx, tx, found, channel);
  return paymentLinkView(ctx.config, found.link, found.token);
}

type Anew = { channels: readonly Channel[]; freshTries: boolean; detail?: string };

/** The reissue itself, of a link that is locked for this transaction and still owed. */
export async function issueAnew(
  ctx: Ctx,
  tx: Executor,
  before: LinkAndToken,
  { channels, freshTries, detail }: Anew,
): Promise<PaymentLink> {
  const { id } = before.link;
  await abandonTickets(ctx, tx, id);
  await supersedeTokens(tx, ctx.merchantId, id);
  await settleRequests(tx, { merchantId: ctx.merchantId, id }, actorName(ctx.actor));
  const issuedAt = await instantOfIssue(tx);
  const token = await issueToken(ctx, tx, id, issuedAt);
  const link = await changePaymentLink(tx, { merchantId: ctx.merchantId, id }, [before.link.access], {
    access: 'active',
    expiresAt: secondsAfter(issuedAt, LINK_LIFETIME_SECONDS),
    warnings: 0,
    reissues: before.link.reissues + 1,
    ...(freshTries && { unlockedAt: dbNow }),
  });
  if (freshTries) await renewChallenge(tx, before.link);
  if (!link) throw new Error('a link is never missing under its lock');
  const after = { link, token };
  const view = await appendLinkEvent(ctx, tx, 'payment_link.reissued', after, {
    previous: fieldsBefore(ctx, before, after),
    ...(detail !== undefined && { detail }),
  });
  for (const channel of channels) await queueMessage(ctx, tx, link, channel);
  await audit(ctx, tx, 'payment_link.reissue', id, { channels });
  return view;
}
