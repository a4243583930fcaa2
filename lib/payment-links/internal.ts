import type { EventType } from '@/core/events';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import {
  findNewestTokens,
  findPaymentLink,
  type LinkTokenRow,
  lockPaymentLink,
  type PaymentLinkRow,
} from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import type { PaymentLink } from '../contracts/payment-links';
import { appendEvent } from '../events/append';
import { paymentLinkView } from './view';

export type LinkAndToken = { link: PaymentLinkRow; token: LinkTokenRow };

/** A link of this merchant with its newest token; another merchant's is simply not there. */
export async function loadLink(
  ctx: Ctx,
  tx: Executor,
  id: string,
  lock: 'lock' | 'read',
): Promise<Outcome<LinkAndToken>> {
  const missing = refuse('not_found', 'There is no such payment link.');
  if (!isId('paymentLink', id)) return missing;
  const key = { merchantId: ctx.merchantId, id };
  const link = lock === 'lock' ? await lockPaymentLink(tx, key) : await findPaymentLink(tx, key);
  const token = link && (await findNewestTokens(tx, ctx.merchantId, [id]))[0];
  return link && token ? ok({ link, token }) : missing;
}

/** Writes an event about the link itself and returns the link as it then stands. */
export async function appendLinkEvent(
  ctx: Ctx,
  tx: Executor,
  type: EventType,
  { link, token }: LinkAndToken,
  more: { detail?: string; previous?: Partial<PaymentLink> } = {},
): Promise<PaymentLink> {
  const after = await appendEvent(ctx, tx, {
    type,
    paymentLinkId: link.id,
    data: (row) => paymentLinkView(ctx.config, row, token),
    ...more,
  });
  return paymentLinkView(ctx.config, after, token);
}
