import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { statusOf } from '@/core/payment-link';
import { findChallenge } from '@/db/queries/challenges';
import { decideRequest, findLinkRequest } from '@/db/queries/link-requests';
import { authorize } from '../authorize';
import { actorName, type Ctx } from '../context';
import { decideLinkRequestInput } from '../contracts/link-requests';
import type { PaymentLink } from '../contracts/payment-links';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { appendLinkEvent, loadLink, notOwed } from '../payment-links/internal';
import { issueAnew } from '../payment-links/reissue';
import { paymentLinkView } from '../payment-links/view';
import { transact } from '../transact';
import { channelsFor } from './asking';

/**
 * A member of staff grants or refuses a payer's wish for a new link. Granted, it is issued and sent to the addresses on
 * file, with fresh tries. Where the link works again already, granting only puts the wish away. Decided once.
 */
export async function decideLinkRequest(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<PaymentLink>> {
  const allowed = authorize(ctx, 'payment_links:renew');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(decideLinkRequestInput, raw);
  if (!parsed.ok) return parsed;
  const granted = parsed.value.decision === 'approve';
  const missing = refuse('not_found', 'There is no such request for a new link.');
  if (!isId('linkRequest', id)) return missing;
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    const request = await findLinkRequest(tx, key);
    const found = request && (await loadLink(ctx, tx, request.paymentLinkId, 'lock'));
    if (!found?.ok) return missing;
    const { link, token } = found.value;
    const reason = granted ? notOwed(link) : null;
    if (reason) return refuse(reason.code, reason.message);
    if (!(await decideRequest(tx, key, granted ? 'sent' : 'refused', actorName(ctx.actor))))
      return refuse('conflict', 'This request was decided already.');
    await audit(ctx, tx, 'payment_link.decide_request', link.id, { decision: parsed.value.decision });
    if (!granted)
      return ok(
        await appendLinkEvent(
          ctx,
          tx,
          'payment_link.updated',
          { link, token },
          { detail: 'a new link was refused' },
        ),
      );
    if (statusOf(link) !== 'expired') return ok(paymentLinkView(ctx.config, link, token));
    const channels = await channelsFor(ctx, tx, link, await findChallenge(tx, link));
    const detail = 'asked for by the customer';
    return ok(await issueAnew(ctx, tx, found.value, { channels, freshTries: true, detail }));
  });
}
