import { sortFault } from '@/core/link-sort';
import { type Outcome, ok } from '@/core/outcome';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { exportChosenInput, exportPaymentLinksInput } from '../contracts/link-lists';
import type { PaymentLink } from '../contracts/payment-links';
import { csvRecord } from '../csv';
import { audit } from '../events/audit';
import { parseInput, refuseField } from '../parse';
import { executor } from '../transact';
import { linkQuery, pagesOfLinks, pagesOfRows, phonesIn, theseLinks } from './list';

/** The columns, each with its cell. Those that a batch takes too are named as there. */
const COLUMNS: Record<string, (link: PaymentLink) => string | number | null> = {
  id: (link) => link.id,
  url: (link) => link.url,
  status: (link) => link.status,
  reference: (link) => link.reference,
  description: (link) => link.description,
  currency: (link) => link.currency,
  amountType: (link) => link.amountType,
  amountMinor: (link) => link.amountMinor,
  minAmountMinor: (link) => link.minAmountMinor,
  maxAmountMinor: (link) => link.maxAmountMinor,
  capturedMinor: (link) => link.capturedMinor,
  refundedMinor: (link) => link.refundedMinor,
  disputedMinor: (link) => link.disputedMinor,
  profile: (link) => link.profile,
  'customer.name': (link) => link.customer.name,
  'customer.email': (link) => link.customer.email,
  'customer.phone': (link) => link.customer.phone,
  'customer.timeZone': (link) => link.customer.timeZone,
  locale: (link) => link.locale,
  metadata: (link) => JSON.stringify(link.metadata),
  createdBy: (link) => link.createdBy.name,
  createdAt: (link) => link.createdAt,
  expiresAt: (link) => link.expiresAt,
  paidAt: (link) => link.paidAt,
  canceledAt: (link) => link.canceledAt,
};

/**
 * The links of a list as CSV, in its order, piece by piece: no more than a page is held. Whoever takes them away is noted.
 * Links that are issued meanwhile are not in it.
 */
export async function exportPaymentLinks(ctx: Ctx, raw: unknown): Promise<Outcome<AsyncGenerator<string>>> {
  const allowed = authorizeVerified(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(exportPaymentLinksInput, raw, phonesIn(raw));
  if (!parsed.ok) return parsed;
  const fault = sortFault(parsed.value);
  if (fault) return refuseField(...fault);
  const query = await linkQuery(ctx, parsed.value);
  await audit(ctx, executor(ctx), 'payment_link.export', 'payment_links', {
    filters: Object.keys(parsed.value).filter((name) => name !== 'sort'),
  });
  return ok(csvOf(pagesOfLinks(ctx, query)));
}

/** The same of links that were chosen one by one, in the order in which they were. */
export async function exportChosenLinks(ctx: Ctx, raw: unknown): Promise<Outcome<AsyncGenerator<string>>> {
  const allowed = authorizeVerified(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(exportChosenInput, raw, ['links']);
  if (!parsed.ok) return parsed;
  const found = await theseLinks(ctx, parsed.value.links.split(','));
  if (!found.ok) return found;
  await audit(ctx, executor(ctx), 'payment_link.export', 'payment_links', {
    links: found.value.length,
  });
  return ok(csvOf(pagesOfRows(ctx, found.value)));
}

/** Whether the file would be given now: a browser that follows an address has no way to ask for a proof. */
export const mayExportLinks = async (ctx: Ctx): Promise<Outcome<true>> =>
  authorizeVerified(ctx, 'payment_links:read');

async function* csvOf(pages: AsyncIterable<PaymentLink[]>): AsyncGenerator<string> {
  yield csvRecord(Object.keys(COLUMNS));
  for await (const page of pages)
    yield page.map((link) => csvRecord(Object.values(COLUMNS).map((cell) => cell(link)))).join('');
}
