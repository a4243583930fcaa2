import { type Outcome, ok } from '@/core/outcome';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { CreatedPaymentLink } from '../contracts/payment-links';
import { withProposals } from '../form-lookups/propose';
import { transact } from '../transact';
import { checkCallback } from '../webhooks/callback';
import { EXEMPT, issueLinks, judgeLink, loadIssuer, parseLink } from './issue';

/**
 * Issues a payment link: row, token, event, audit entry and messages to send, in one transaction. It may be paid until
 * `expiresInSeconds` (at most 72 h) from now on the database's clock. Refuses free text that holds a card number. With
 * `lookup`, what is left out is filled from the merchant's own system first. `isLookedUp`: what was sent was filled from
 * there before, so that its payer need not ask again.
 */
export async function createPaymentLink(
  ctx: Ctx,
  raw: unknown,
  { isLookedUp = false } = {},
): Promise<Outcome<CreatedPaymentLink>> {
  const allowed = authorize(ctx, 'payment_links:create');
  if (!allowed.ok) return allowed;
  const looked = await withProposals(ctx, raw, EXEMPT);
  if (!looked.ok) return looked;
  const { input: filled, report } = looked.value;
  const parsed = parseLink(filled);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  const callback = await checkCallback(ctx, input.callbackUrl);
  if (!callback.ok) return callback;
  return transact(ctx, async (tx) => {
    const issuer = await loadIssuer(ctx, tx);
    const profile = judgeLink(ctx, issuer, input);
    if (!profile.ok) return profile;
    const lookedUp = isLookedUp || report?.outcome === 'found';
    const approved = { input, profile: profile.value, callbackUrl: callback.value, lookedUp };
    const [link] = await issueLinks(ctx, tx, issuer, [approved]);
    if (!link) throw new Error('the new link is not there');
    return ok(report ? { ...link, lookup: report } : link);
  });
}
