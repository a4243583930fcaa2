import { idFromUuid } from '@/core/ids';
import type { Outcome } from '@/core/outcome';
import type { AttemptState } from '@/core/payment-attempt';
import type { LinkSort } from '@/core/payment-link';
import { type DeskLinkRow, readForDesk } from '@/db/queries/link-desk';
import type { Place } from '@/db/queries/link-list';
import type { Ctx } from '../context';
import type { Page, PaymentLink } from '../contracts/payment-links';
import { pageBothWays } from './list';
import { payUrl } from './view';

/** What the lists of staff show of a link. What they do not show is not sent: a page carries it for each of its rows. */
type Told =
  | ('id' | 'url' | 'status' | 'livemode' | 'amountMinor' | 'currency' | 'amountType')
  | ('capturedMinor' | 'refundedMinor' | 'disputedMinor' | 'description' | 'reference')
  | ('profile' | 'phrase' | 'createdAt' | 'expiresAt' | 'paidAt' | 'canceledAt');

/** A link as the lists of staff show it: also what is under way, so that nobody asks for money twice. */
export type DeskLink = Pick<PaymentLink, Told> & {
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
export const listDeskLinks = (ctx: Ctx, raw: unknown): Promise<Outcome<DeskPage>> =>
  pageBothWays(ctx, raw, { read: readForDesk, placeOf, show: deskLinks });

const placeOf = (_sort: LinkSort, { value, id }: DeskLinkRow): Place => ({ value, id: idOf(id) });
const idOf = (uuid: string): string => idFromUuid('paymentLink', uuid);
const iso = (at: number): string => new Date(at).toISOString();

/** Links of this merchant with what is under way. Each value is named: an object less some of its values is slow to make. */
export const deskLinks = (ctx: Ctx, rows: readonly DeskLinkRow[]): DeskLink[] =>
  rows.flatMap((row) => (row.opening ? deskLink(ctx, row, row.opening) : []));

const deskLink = (
  { config, merchantId }: Ctx,
  row: DeskLinkRow,
  { id, keyId, origin, expiresAt }: NonNullable<DeskLinkRow['opening']>,
): DeskLink => ({
  id: idOf(row.id),
  url: payUrl(config, { merchantId, id, keyId, origin, expiresAt: new Date(expiresAt) }),
  status: row.status,
  livemode: row.livemode,
  amountMinor: row.amountMinor,
  currency: row.currency,
  amountType: row.amountType,
  capturedMinor: row.capturedMinor,
  refundedMinor: row.refundedMinor,
  disputedMinor: row.disputedMinor,
  description: row.description,
  reference: row.reference,
  profile: idFromUuid('profile', row.profileId),
  phrase: row.phrase,
  createdAt: iso(row.createdAt),
  expiresAt: iso(row.expiresAt),
  paidAt: row.paidAt === null ? null : iso(row.paidAt),
  canceledAt: row.canceledAt === null ? null : iso(row.canceledAt),
  customer: { name: row.customerName, email: row.customerEmail, phone: row.customerPhone },
  createdBy: { name: row.createdByName },
  underWay: row.underWay,
  refundingMinor: row.refunding.reduce((sum, one) => sum + one, 0),
  asksAnew: row.asksAnew,
});
