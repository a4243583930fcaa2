import { type Outcome, ok } from '@/core/outcome';
import type { Permission } from '@/core/permissions';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { CreatedPaymentLink, PaymentLink } from '../contracts/payment-links';
import type { Resolve } from '../egress/guard';
import { withProposals } from '../form-lookups/propose';
import { type Act, perform, transact } from '../transact';
import { checkCallback } from '../webhooks/callback';
import { type Approved, EXEMPT, issueLinks, judgeLink, loadIssuer, parseLink } from './issue';

/** `isLookedUp`: what was sent was filled from the merchant's system before, so that its payer need not ask again. */
/** `permission`: what lets the actor do it, where it is a part of another act. */
export type IssueOptions = {
  isLookedUp?: boolean;
  resolve?: Resolve;
  sessionId?: string;
  permission?: Permission;
};

/**
 * Asks outside for what a new link needs: with `lookup`, what is left out, from the merchant's own system; and where the name of
 * its callback leads. Refuses free text that holds a card number. What it gives issues the link.
 */
export async function preparePaymentLink(
  ctx: Ctx,
  raw: unknown,
  { isLookedUp = false, resolve, sessionId, permission = 'payment_links:create' }: IssueOptions = {},
): Promise<Outcome<Act<CreatedPaymentLink>>> {
  const allowed = authorize(ctx, permission);
  if (!allowed.ok) return allowed;
  const looked = await withProposals(ctx, raw, EXEMPT);
  if (!looked.ok) return looked;
  const { input: filled, report } = looked.value;
  const parsed = parseLink(filled);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  const callback = await checkCallback(ctx, input.callbackUrl, resolve);
  if (!callback.ok) return callback;
  const lookedUp = isLookedUp || report?.outcome === 'found';
  const wanted = { input, callbackUrl: callback.value, lookedUp, sessionId };
  return ok(async (inner) => {
    const link = await issue(inner, wanted);
    return link.ok && report ? ok({ ...link.value, lookup: report }) : link;
  });
}

/**
 * Issues a payment link: row, token, event, audit entry and messages to send, in one transaction. It may be paid until
 * `expiresInSeconds` (at most 72 h) from now on the database's clock.
 */
export const createPaymentLink = (
  ctx: Ctx,
  ...wish: [raw: unknown, options?: IssueOptions]
): Promise<Outcome<CreatedPaymentLink>> => perform(ctx, (outer) => preparePaymentLink(outer, ...wish));

const issue = (ctx: Ctx, wanted: Omit<Approved, 'profile'>): Promise<Outcome<PaymentLink>> =>
  transact(ctx, async (tx) => {
    const issuer = await loadIssuer(ctx, tx);
    const profile = judgeLink(ctx, issuer, wanted.input);
    if (!profile.ok) return profile;
    const [link] = await issueLinks(ctx, tx, issuer, [{ ...wanted, profile: profile.value }]);
    if (!link) throw new Error('the new link is not there');
    return ok(link);
  });
