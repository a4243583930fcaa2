import type * as z from 'zod';
import { type AppError, type Outcome, ok, refuse } from '@/core/outcome';
import { statusOf, warningsDue } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { changePaymentLink, type LinkChange, type PaymentLinkRow } from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type PaymentLink, updatePaymentLinkInput } from '../contracts/payment-links';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { appendLinkEvent, fieldsBefore, type LinkAndToken, loadLink, notOwed } from './internal';
import { paymentLinkView } from './view';

/**
 * Changes description, metadata or end of a link. `version` is the one that was read; null refuses, as another one does.
 * The end lies ahead and never beyond 72 hours from the (last) issue. What a payer read is not changed once they paid.
 */
export async function updatePaymentLink(
  ctx: Ctx,
  id: string,
  raw: unknown,
  version: number | null,
): Promise<Outcome<PaymentLink>> {
  const allowed = authorize(ctx, 'payment_links:renew');
  if (!allowed.ok) return allowed;
  if (version === null)
    return refuse('version_required', 'Send If-Match with the version you have read, like "3".');
  const parsed = parseInput(updatePaymentLinkInput, raw);
  if (!parsed.ok) return parsed;
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link, token } = found.value;
    if (link.version !== version)
      return refuse(
        'version_mismatch',
        `The link has changed: its version is ${link.version}. Read it again.`,
      );
    const reason = notChangeable(found.value, parsed.value);
    if (reason) return { ok: false, error: reason };
    const wanted = { ...link, ...changeOf(parsed.value, link) };
    if (Object.keys(fieldsBefore(ctx, found.value, { link: wanted, token })).length === 0)
      return ok(paymentLinkView(ctx.config, link, token));
    return writeChange(ctx, tx, found.value, changeOf(parsed.value, link));
  });
}

/** Writes a change of a link that is locked and may have it: row, event and audit entry. `detail` is for the timeline. */
export async function writeChange(
  ctx: Ctx,
  tx: Executor,
  before: LinkAndToken,
  change: LinkChange,
  detail?: string,
): Promise<Outcome<PaymentLink>> {
  const { link, token } = before;
  const key = { merchantId: ctx.merchantId, id: link.id };
  const changed = await changePaymentLink(tx, key, [link.access], change);
  if (!changed) return refuse('conflict', 'The link has just changed. Look again.');
  const after = { link: changed, token };
  const previous = fieldsBefore(ctx, before, after);
  const more = { previous, ...(detail !== undefined && { detail }) };
  const view = await appendLinkEvent(ctx, tx, 'payment_link.updated', after, more);
  await audit(ctx, tx, 'payment_link.update', link.id, { fields: Object.keys(previous) });
  return ok(view);
}

type Change = z.output<typeof updatePaymentLinkInput>;

const changeOf = ({ description, metadata, expiresAt }: Change, { warnings, now }: PaymentLinkRow) => ({
  ...(description !== undefined && { description }),
  ...(metadata !== undefined && { metadata }),
  ...(expiresAt !== undefined && {
    expiresAt,
    // Warnings belong to an end: those that lie ahead again will be told again.
    warnings: Math.min(warnings, warningsDue((expiresAt.getTime() - now.getTime()) / 1000)),
  }),
});

function notChangeable({ link, token }: LinkAndToken, change: Change): AppError | null {
  if (change.description === undefined && change.expiresAt === undefined) return null;
  const reason = notOwed(link);
  if (reason) return reason;
  if (statusOf(link) === 'expired')
    return { code: 'link_expired', message: 'This link has expired. Issue it anew instead.' };
  if (change.expiresAt === undefined) return null;
  const wrong = (message: string): AppError => ({
    code: 'invalid',
    message: `expiresAt: ${message}`,
    errors: [{ path: 'expiresAt', message }],
  });
  if (change.expiresAt <= link.now) return wrong('must lie ahead');
  const latest = token.expiresAt;
  return change.expiresAt > latest
    ? wrong(`must not be later than ${latest.toISOString()}, 72 hours from the issue`)
    : null;
}
