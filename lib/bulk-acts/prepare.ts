import type * as z from 'zod';
import { BULK_LIMITS, BULK_PERMISSIONS, type BulkActKind } from '@/core/bulk-act';
import { sortFault } from '@/core/link-sort';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { askedMinor, type DebtFacts, type LinkStatus, statusOf } from '@/core/payment-link';
import { insertBulkAct } from '@/db/queries/bulk-acts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type PreparedBulkAct, prepareBulkActInput } from '../contracts/bulk-acts';
import { newId } from '../ids';
import { parseInput, refuseField } from '../parse';
import { linkQuery, pagesOfLinks, phonesIn, theseLinks } from '../payment-links/list';
import { transact } from '../transact';
import { personOf } from './load';

/** Links are looked for no longer than this; a filter that lets few of many through takes longest. */
const LOOK_MS = 10_000;

type Found = { id: string; currency: string; status: LinkStatus; askedMinor: number | null };
/** Those to which an act can be done, as they stand now. */
const DOABLE: Record<BulkActKind, readonly LinkStatus[]> = {
  send: ['active', 'partially_paid'],
  cancel: ['active', 'partially_paid', 'locked'],
};

/**
 * Writes down which links an act is for, and tells what somebody has to confirm: what they are shown is what is done, whatever
 * is issued meanwhile. Nothing is done to a link.
 */
export async function prepareBulkAct(ctx: Ctx, raw: unknown): Promise<Outcome<PreparedBulkAct>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(prepareBulkActInput, raw, exemptIn(raw));
  if (!parsed.ok) return parsed;
  const { act } = parsed.value;
  const may = authorize(ctx, BULK_PERMISSIONS[act]);
  if (!may.ok) return may;
  const by = personOf(ctx);
  if (!by.ok) return by;
  const found = await chosen(ctx, parsed.value);
  if (!found.ok) return found;
  const links = found.value;
  const id = newId('bulkAct');
  return transact(ctx, async (tx) => {
    const ids = links.map((link) => link.id);
    await insertBulkAct(tx, { merchantId: ctx.merchantId, id, act, links: ids.length, ...by.value }, ids);
    const doable = links.filter(({ status }) => DOABLE[act].includes(status));
    return ok({ id, act, links: ids.length, doable: doable.length, asked: sumsOf(doable) });
  });
}

type Choice = z.output<typeof prepareBulkActInput>;

async function chosen(ctx: Ctx, { links, filter }: Choice): Promise<Outcome<Found[]>> {
  if (links) {
    const rows = await theseLinks(ctx, links);
    return rows.ok ? ok(rows.value.map((row) => foundAs(row, statusOf(row)))) : rows;
  }
  if (!filter) return refuseField('links', 'are needed, or a filter');
  const fault = sortFault(filter);
  if (fault) return refuseField(...fault);
  const until = performance.now() + LOOK_MS;
  const all = new Map<string, Found>();
  for await (const page of pagesOfLinks(ctx, await linkQuery(ctx, filter))) {
    for (const link of page) all.set(link.id, foundAs(link, link.status));
    if (all.size > BULK_LIMITS.links) return tooMany();
    if (performance.now() > until)
      return refuse('unavailable', 'There are too many links to look through. Narrow the filter.');
  }
  return all.size > 0 ? ok([...all.values()]) : refuse('not_found', 'No payment link matches any more.');
}

const foundAs = (link: DebtFacts & { id: string; currency: string }, status: LinkStatus): Found => ({
  ...{ id: link.id, currency: link.currency, status, askedMinor: askedMinor(link) },
});

const tooMany = () =>
  refuse(
    'too_large',
    `More than ${BULK_LIMITS.links.toLocaleString('en')} links match. Narrow the filter, and do it in parts.`,
  );

/** Filters that hold a phone number, and ids: a short card number could be the one or the other. */
function exemptIn(raw: unknown): string[] {
  const { filter, links } = (raw ?? {}) as { filter?: unknown; links?: unknown };
  const count = Array.isArray(links) ? links.length : 0;
  return [
    ...phonesIn(filter).map((name) => `filter.${name}`),
    ...Array.from({ length: count }, (_, n) => `links.${n}`),
  ];
}

function sumsOf(links: readonly Found[]): PreparedBulkAct['asked'] {
  const sums = new Map<string, { currency: string; amountMinor: number; links: number }>();
  for (const { currency, askedMinor: asked } of links) {
    if (asked === null) continue;
    const sum = sums.get(currency) ?? { currency, amountMinor: 0, links: 0 };
    sums.set(currency, { ...sum, amountMinor: sum.amountMinor + asked, links: sum.links + 1 });
  }
  return [...sums.values()].sort((a, b) => b.links - a.links);
}
