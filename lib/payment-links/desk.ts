import type { Outcome } from '@/core/outcome';
import { type AttemptState, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { listAskingLinks } from '@/db/queries/link-requests';
import { listUnderWay } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import type { Page, PaymentLink } from '../contracts/payment-links';
import { executor } from '../transact';
import { pageBothWays, shown } from './list';

/** What the lists of staff show of a link. What they do not show is not sent: a page carries it for each of its rows. */
const TOLD = [
  ...(['id', 'url', 'status', 'livemode', 'amountMinor', 'currency', 'amountType'] as const),
  ...(['capturedMinor', 'refundedMinor', 'disputedMinor', 'description', 'reference'] as const),
  ...(['profile', 'phrase', 'createdAt', 'expiresAt', 'paidAt', 'canceledAt'] as const),
] as const;
type Told = Pick<PaymentLink, (typeof TOLD)[number]>;

/** A link as the lists of staff show it: also what is under way, so that nobody asks for money twice. */
export type DeskLink = Told & {
  customer: Pick<PaymentLink['customer'], 'name' | 'email' | 'phone'>;
  createdBy: Pick<PaymentLink['createdBy'], 'name'>;
  /** The state of the try that is under way; null where none is. */
  underWay: AttemptState | null;
  /** On its way back, in minor units. */
  refundingMinor: number;
  /** The customer asks for a new link, and somebody has to decide. */
  asksAnew: boolean;
};

export type DeskPage = Page<DeskLink> & { previousCursor: string | null };

/** `listPaymentLinks`, with the way back, each link with what is under way. */
export function listDeskLinks(ctx: Ctx, raw: unknown): Promise<Outcome<DeskPage>> {
  return pageBothWays(ctx, raw, deskLinks);
}

/** Links of this merchant with what is under way. */
export async function deskLinks(ctx: Ctx, rows: readonly PaymentLinkRow[]): Promise<DeskLink[]> {
  const ids = rows.map(({ id }) => id);
  const [links, moving, asking] = await Promise.all([
    shown(ctx, rows),
    listUnderWay(executor(ctx), ctx.merchantId, ids),
    listAskingLinks(executor(ctx), ctx.merchantId, ids),
  ]);
  return links.map((link): DeskLink => {
    const own = moving.filter((one) => one.link === link.id);
    const open = own.find(({ state }) => OPEN_ATTEMPT_STATES.some((known) => known === state));
    const { name, email, phone } = link.customer;
    return {
      ...(Object.fromEntries(TOLD.map((told) => [told, link[told]])) as Told),
      customer: { name, email, phone },
      createdBy: { name: link.createdBy.name },
      underWay: open?.state ?? null,
      refundingMinor: own.reduce((sum, one) => sum + one.refundingMinor, 0),
      asksAnew: asking.includes(link.id),
    };
  });
}
