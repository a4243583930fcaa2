import { idFromUuid } from '@/core/ids';
import { sortFault } from '@/core/link-sort';
import { type Outcome, ok } from '@/core/outcome';
import { type ExportedLink, readChosenForExport, readForExport } from '@/db/queries/link-export';
import type { Place } from '@/db/queries/link-list';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { exportChosenInput, exportPaymentLinksInput } from '../contracts/link-lists';
import { csvRecord } from '../csv';
import { audit } from '../events/audit';
import { parseInput, refuseField } from '../parse';
import { executor } from '../transact';
import { type LinkQuery, linkQuery, phonesIn, rowsOf, theseLinks } from './list';
import { payUrl } from './view';

/** So few that most of them are gone before what was allocated is collected twice, and stays until all is. */
const PAGE = 200;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

function addressOf({ config, merchantId }: Ctx, link: ExportedLink): string {
  const { opens: id, opensKey: keyId, opensOrigin: origin, opensUntil } = link;
  return payUrl(config, { merchantId, id, keyId, origin, expiresAt: new Date(opensUntil) });
}

/** The columns, each with its cell. Those that a batch takes too are named as there. */
const COLUMNS: Record<string, (link: ExportedLink, ctx: Ctx) => string | number | null> = {
  id: (link) => idFromUuid('paymentLink', link.id),
  url: (link, ctx) => addressOf(ctx, link),
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
  profile: (link) => idFromUuid('profile', link.profileId),
  'customer.name': (link) => link.customerName,
  'customer.email': (link) => link.customerEmail,
  'customer.phone': (link) => link.customerPhone,
  'customer.timeZone': (link) => link.customerTimeZone,
  locale: (link) => link.locale,
  metadata: (link) => JSON.stringify(link.metadata),
  createdBy: (link) => link.createdByName,
  createdAt: (link) => iso(link.createdAt),
  expiresAt: (link) => iso(link.expiresAt),
  paidAt: (link) => iso(link.paidAt),
  canceledAt: (link) => iso(link.canceledAt),
};
const CELLS = Object.values(COLUMNS);

const placeOf = ({ value, id }: ExportedLink): Place => ({ value, id: idFromUuid('paymentLink', id) });

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
  return ok(csvOf(ctx, pagesOf(ctx, query)));
}

/** The same of links that were chosen one by one, in the order in which they were. */
export async function exportChosenLinks(ctx: Ctx, raw: unknown): Promise<Outcome<AsyncGenerator<string>>> {
  const allowed = authorizeVerified(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(exportChosenInput, raw, ['links']);
  if (!parsed.ok) return parsed;
  const found = await theseLinks(ctx, parsed.value.links.split(','));
  if (!found.ok) return found;
  const ids = found.value.map(({ id }) => id);
  await audit(ctx, executor(ctx), 'payment_link.export', 'payment_links', { links: ids.length });
  return ok(csvOf(ctx, chosenPages(ctx, ids)));
}

/** Whether the file would be given now: a browser that follows an address has no way to ask for a proof. */
export const mayExportLinks = async (ctx: Ctx): Promise<Outcome<true>> =>
  authorizeVerified(ctx, 'payment_links:read');

type Pages = AsyncIterable<ExportedLink[]>;

/** The next page is read while one is written. */
async function* pagesOf(ctx: Ctx, query: LinkQuery | null): Pages {
  const pageFrom = (from?: Place) =>
    query && rowsOf(ctx, query, { from, back: false, limit: PAGE }, readForExport, placeOf);
  for (let next = pageFrom(); next; ) {
    const { rows, after } = await next;
    next = after ? pageFrom(after) : null;
    // What goes wrong is told when it is waited for; who breaks off waits for nothing.
    next?.catch(() => {});
    yield rows;
  }
}

async function* chosenPages(ctx: Ctx, ids: readonly string[]): Pages {
  for (let from = 0; from < ids.length; from += PAGE)
    yield readChosenForExport(executor(ctx), ctx.merchantId, ids.slice(from, from + PAGE));
}

async function* csvOf(ctx: Ctx, pages: Pages): AsyncGenerator<string> {
  yield csvRecord(Object.keys(COLUMNS));
  for await (const rows of pages)
    yield rows.map((link) => csvRecord(CELLS.map((cell) => cell(link, ctx)))).join('');
}
