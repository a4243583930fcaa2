import type * as z from 'zod';
import { isId } from '@/core/ids';
import { sortFault } from '@/core/link-sort';
import { CURRENCIES, parseAmount } from '@/core/money';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { LinkSort } from '@/core/payment-link';
import { uuidEndOf } from '@/core/receipt';
import {
  type LinkFilter,
  listPaymentLinks as listStretch,
  type Place,
  placeOf,
  type Read,
  readRows,
  type Stretch,
  type Walk,
} from '@/db/queries/link-list';
import { findMeant, listMeant, type Meant, type Wanted } from '@/db/queries/link-search';
import { listProfiles } from '@/db/queries/merchants';
import { findNewestTokens, findPaymentLinks, type PaymentLinkRow } from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { listPaymentLinksInput } from '../contracts/link-lists';
import type { Page, PaymentLink } from '../contracts/payment-links';
import { parseInput, refuseCursor, refuseField } from '../parse';
import { executor } from '../transact';
import { cursorOf, placeFrom } from './cursor';
import { paymentLinkView } from './view';

const MOST_DIGITS_OF_A_PHONE = 13;

/** Filters that hold a phone number, which a short card number could be too. */
export const phonesIn = (raw: unknown): string[] =>
  Object.entries(raw ?? {}).flatMap(([name, value]) =>
    (name === 'q' || name === 'customer') && String(value).replace(/\D/g, '').length <= MOST_DIGITS_OF_A_PHONE
      ? [name]
      : [],
  );

/** A page that can be left both ways. */
type LinkPage<Link> = Page<Link> & { previousCursor: string | null };
/** How the rows of a page are read, where each stands, and how they are shown all at once. */
type Shows<Row, Link> = {
  read: Read<Row>;
  placeOf: (sort: LinkSort, row: Row) => Place;
  show: (ctx: Ctx, rows: readonly Row[]) => Link[] | Promise<Link[]>;
};

/** A page of this merchant's links. It costs the same at any depth. */
export async function listPaymentLinks(ctx: Ctx, raw: unknown): Promise<Outcome<Page<PaymentLink>>> {
  const page = await pageBothWays(ctx, raw, WHOLE);
  return page.ok ? ok({ data: page.value.data, nextCursor: page.value.nextCursor }) : page;
}

/** `listPaymentLinks`, with the way back. */
export async function pageBothWays<Row, Link>(
  ctx: Ctx,
  raw: unknown,
  shows: Shows<Row, Link>,
): Promise<Outcome<LinkPage<Link>>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listPaymentLinksInput, raw, phonesIn(raw));
  if (!parsed.ok) return parsed;
  const { limit, cursor, ...filters } = parsed.value;
  const fault = sortFault(filters);
  if (fault) return refuseField(...fault);
  const place = cursor === undefined ? { back: false } : placeFrom(filters.sort, cursor);
  if (!place) return refuseCursor();
  const query = await linkQuery(ctx, filters);
  const none = { data: [], nextCursor: null, previousCursor: null };
  return ok(query ? await pageOfLinks(ctx, query, { ...place, limit }, shows) : none);
}

type Filters = Omit<z.output<typeof listPaymentLinksInput>, 'limit' | 'cursor'>;
/** What was asked for as the database is asked. */
export type LinkQuery = { filter: LinkFilter; meant: Meant | null; sort: LinkSort };

/** Null where no link can be meant. */
export async function linkQuery(
  ctx: Ctx,
  { agent, profile, batch, q, sort, ...rest }: Filters,
): Promise<LinkQuery | null> {
  if (batch !== undefined && !isId('paymentLinkBatch', batch)) return null;
  const profileId = profile && (await profileIdOf(ctx, profile));
  if (profile && !profileId) return null;
  const meant = q === undefined ? null : await findMeant(executor(ctx), ctx.merchantId, wantedBy(q));
  return { filter: { ...rest, createdBy: agent, profileId, batch }, meant, sort };
}

/** What words can mean: a link's id, the number of a receipt, the end of a card's number, an amount. */
function wantedBy(text: string): Wanted {
  const number = text.replace(/^\p{Sc}\s*|\s*\p{Sc}$/gu, '');
  const amounts = CURRENCIES.flatMap((currency) => {
    const amountMinor = parseAmount(number, currency);
    return amountMinor === null ? [] : [{ currency, amountMinor }];
  });
  return {
    text,
    id: isId('paymentLink', text) ? text : null,
    receipt: uuidEndOf(text),
    last4: /^\d{4}$/.test(text) ? text : null,
    amounts,
  };
}

/** So many times the database is asked before a page that is not full is given, with the cursor to look further by. Words take longest. */
const MOST_STRETCHES = 7;
const MOST_OF_WORDS = 3;
export const stretchesFor = (meant: Meant | null): number =>
  meant && 'says' in meant ? MOST_OF_WORDS : MOST_STRETCHES;

/** So many rows of what was asked for, from a place on, and the places from which it goes on before and behind them. */
export async function rowsOf<Row>(
  ctx: Ctx,
  { filter, meant, sort }: LinkQuery,
  { from, back, limit }: Omit<Walk, 'sort'>,
  read: Read<Row>,
  placeOf: (row: Row) => Place,
): Promise<{ rows: Row[]; before: Place | null | undefined; after: Place | null | undefined }> {
  const tx = executor(ctx);
  const rows: Row[] = [];
  let reached = from ?? null;
  const most = stretchesFor(meant);
  for (let asked = 0; asked < most && rows.length <= limit && (asked === 0 || reached); asked++) {
    const walk = { sort, from: reached ?? undefined, back, limit: limit + 1 - rows.length };
    const stretch: Stretch<Row> = meant
      ? await listMeant(tx, ctx.merchantId, filter, meant, walk, read)
      : await listStretch(tx, ctx.merchantId, filter, walk, read);
    rows.push(...stretch.rows);
    reached = stretch.reached;
  }
  const page = rows.slice(0, limit);
  const [first, last] = [page[0], page.at(-1)].map((row) => row && placeOf(row));
  const further = rows.length > limit ? last : reached;
  const [before, after] = back ? [further, last && first] : [from && first, further];
  return { rows: back ? page.reverse() : page, before, after };
}

async function pageOfLinks<Row, Link>(
  ctx: Ctx,
  query: LinkQuery,
  walk: Omit<Walk, 'sort'>,
  { read, placeOf, show }: Shows<Row, Link>,
): Promise<LinkPage<Link>> {
  const { sort } = query;
  const { rows, before, after } = await rowsOf(ctx, query, walk, read, (row) => placeOf(sort, row));
  return {
    data: await show(ctx, rows),
    nextCursor: after ? cursorOf(sort, after, false) : null,
    previousCursor: before ? cursorOf(sort, before, true) : null,
  };
}

const PAGE = 500;

/** All of a list in its order: no more than a page is held. */
export async function* pagesOfLinks(ctx: Ctx, query: LinkQuery | null): AsyncGenerator<PaymentLink[]> {
  for (let cursor: string | null | undefined; query && cursor !== null; ) {
    const place = (cursor && placeFrom(query.sort, cursor)) || { back: false };
    const page: Page<PaymentLink> = await pageOfLinks(ctx, query, { ...place, limit: PAGE }, WHOLE);
    yield page.data;
    cursor = page.nextCursor;
  }
}

/** These links, in the order given; all of them are this merchant's, or none is told of. */
export async function theseLinks(ctx: Ctx, given: readonly string[]): Promise<Outcome<PaymentLinkRow[]>> {
  const ids = [...new Set(given)];
  const valid = ids.filter((id) => isId('paymentLink', id));
  const rows = await findPaymentLinks(executor(ctx), ctx.merchantId, valid);
  if (rows.length < ids.length) return refuse('not_found', 'There is no such payment link.');
  const known = new Map(rows.map((row) => [row.id, row]));
  return ok(ids.flatMap((id) => known.get(id) ?? []));
}

async function shown(ctx: Ctx, rows: readonly PaymentLinkRow[]): Promise<PaymentLink[]> {
  const ids = rows.map(({ id }) => id);
  const tokens = await findNewestTokens(executor(ctx), ctx.merchantId, ids);
  const tokenOf = new Map(tokens.map((token) => [token.paymentLinkId, token]));
  return rows.flatMap((row) => {
    const token = tokenOf.get(row.id);
    return token ? [paymentLinkView(ctx.config, row, token)] : [];
  });
}

const WHOLE: Shows<PaymentLinkRow, PaymentLink> = { read: readRows, placeOf, show: shown };

async function profileIdOf(ctx: Ctx, wanted: string): Promise<string | undefined> {
  const profiles = await listProfiles(executor(ctx), ctx.merchantId);
  return profiles.find((one) => one.id === wanted || one.name === wanted)?.id;
}
