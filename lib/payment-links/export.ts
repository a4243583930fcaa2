import { idFromUuid } from '@/core/ids';
import { sortFault } from '@/core/link-sort';
import { type Outcome, ok } from '@/core/outcome';
import { EXPORTED, type ExportedLink, readChosenForExport, readForExport } from '@/db/queries/link-export';
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

/** The columns of the file. Those that a batch takes too are named as there. */
const COLUMNS = ['id', 'url', ...EXPORTED.before, 'profile', ...EXPORTED.behind];

/** How a merchant's links are written. Many of them have the same few profiles. */
function writerFor({ config, merchantId }: Ctx): (link: ExportedLink) => string {
  const profiles = new Map<string, string>();
  return ({ id, profileId, before, behind, ...token }) => {
    const profile = profiles.get(profileId) ?? idFromUuid('profile', profileId);
    profiles.set(profileId, profile);
    const { opens, opensKey: keyId, opensOrigin: origin } = token;
    const url = payUrl(config, {
      merchantId,
      id: opens,
      keyId,
      origin,
      expiresAt: new Date(token.opensUntil),
    });
    return `${idFromUuid('paymentLink', id)},${url},${before},${profile},${behind}\r\n`;
  };
}

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
  yield csvRecord(COLUMNS);
  const written = writerFor(ctx);
  for await (const rows of pages) yield rows.map(written).join('');
}
