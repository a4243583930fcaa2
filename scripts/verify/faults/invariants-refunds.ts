/** What must hold of money that went back: invariant I8 of docs/architecture.md, and what the merchant was told of it. */
import { REFUND_TRANSITIONS } from '@/core/refund';
import { isFinal } from '@/core/transitions';
import { type Books, groupBy, type LedgerEntry, type RefundRow } from './books';
import type { RefundAsked } from './merchant';
import type { Receipts } from './receipts';

const sumOf = (rows: readonly { amountMinor: number }[]): number =>
  rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** What the gateway says of a refund, and our own row: by its id, which is its key there, or by the gateway's reference. */
function rowOf(refunds: readonly RefundRow[], { id, idempotencyKey }: LedgerEntry): RefundRow | undefined {
  return refunds.find((one) =>
    idempotencyKey === null ? one.gatewayReference === id : one.id === idempotencyKey,
  );
}

/** Gateway and rows one to one: what was given back is a refund of ours that succeeded, and the other way round. */
function sameRefunds({ ledger, refunds, entries }: Books): string[] {
  const given = ledger.filter(({ kind, status }) => kind === 'refund' && status === 'succeeded');
  const met = new Set<string>();
  const breaches: string[] = [];
  for (const entry of given) {
    const row = rowOf(refunds, entry);
    if (!row) breaches.push(`${entry.idempotencyKey ?? entry.id} was given back and is in no book of ours`);
    else if (met.has(row.id)) breaches.push(`${row.id} was given back twice`);
    else if (row.state !== 'succeeded') breaches.push(`${row.id} was given back and is ${row.state}`);
    else if (row.attempt !== entry.reference) breaches.push(`${row.id} was given back of ${entry.reference}`);
    else if (row.amountMinor !== entry.amountMinor || row.currency !== entry.currency)
      breaches.push(`${row.id} was given back as ${entry.amountMinor} ${entry.currency}, not as asked`);
    if (row) met.add(row.id);
  }
  const entered = groupBy(
    entries.filter(({ kind }) => kind === 'refund'),
    ({ refund }) => refund ?? '',
  );
  for (const { id, state, amountMinor } of refunds) {
    const sums = (entered.get(id) ?? []).map((entry) => entry.amountMinor);
    const wanted = state === 'succeeded' ? String(amountMinor) : '';
    if (state === 'succeeded' && !met.has(id)) breaches.push(`${id} succeeded and was never given back`);
    if (String(sums) !== wanted) breaches.push(`${id} is ${state}, and its ledger entries say ${sums}`);
  }
  return breaches;
}

/** Never more than was captured, on either side, and the sums that are kept beside are those of the rows. */
function sumsOfRefunds({ ledger, refunds, attempts, links }: Books): string[] {
  const back = groupBy(
    ledger.filter(({ kind, status }) => kind === 'refund' && status !== 'failed'),
    ({ reference }) => reference,
  );
  const byAttempt = groupBy(refunds, ({ attempt }) => attempt);
  const byLink = groupBy(refunds, ({ link }) => link);
  const sums = (rows: readonly RefundRow[] = []) => ({
    back: sumOf(rows.filter(({ state }) => state === 'succeeded')),
    open: sumOf(rows.filter(({ state }) => !isFinal(REFUND_TRANSITIONS, state))),
  });
  const ofAttempts = attempts.flatMap(({ id, capturedMinor, refundedMinor, refundingMinor }) => {
    const given = sumOf(back.get(id) ?? []);
    const rows = sums(byAttempt.get(id));
    return [
      ...(given > capturedMinor ? [`of ${id} ${capturedMinor} were taken and ${given} given back`] : []),
      ...(rows.back === refundedMinor && rows.open === refundingMinor
        ? []
        : [
            `${id} says ${refundedMinor} + ${refundingMinor} are back, its refunds ${rows.back} + ${rows.open}`,
          ]),
    ];
  });
  const ofLinks = links.flatMap(({ id, refundedMinor }) =>
    sums(byLink.get(id)).back === refundedMinor
      ? []
      : [`${id} says ${refundedMinor} are back, its refunds not`],
  );
  return [...ofAttempts, ...ofLinks];
}

export const refundsMatch = ({ books }: { books: Books }): string[] => [
  ...sameRefunds(books),
  ...sumsOfRefunds(books),
];

/** An end that the merchant was told is the end. */
export function refundsOnlyAdvance(books: Books, asked: readonly RefundAsked[]): string[] {
  const rows = new Map(books.refunds.map((row) => [row.id, row.state]));
  return asked.flatMap(({ id, told }) => {
    if (id === null) return [];
    const now = rows.get(id);
    const wrong = told.find((state) => isFinal(REFUND_TRANSITIONS, state) && state !== now);
    return now && !wrong ? [] : [`${id} was told as ${wrong ?? 'begun'} and is ${now ?? 'gone'}`];
  });
}

/** Each refund is told once as begun and once as ended, and the receiver has heard both. */
export function refundEvents({ events, refunds }: Books, receipts: Pick<Receipts, 'byId'>): string[] {
  const told = groupBy(
    events.filter(({ type }) => type.startsWith('refund.')),
    ({ subject }) => subject ?? '',
  );
  return refunds.flatMap(({ id, state }) => {
    const found = told.get(id) ?? [];
    const types = found.map(({ type }) => type).sort();
    const ended = isFinal(REFUND_TRANSITIONS, state) ? [`refund.${state}`] : [];
    const untold = found.filter((event) => (receipts.byId.get(event.id)?.taken ?? 0) === 0);
    return [
      ...(String(types) === String(['refund.created', ...ended])
        ? []
        : [`${id} is ${state} and was told as ${types}`]),
      ...untold.map((event) => `the receiver was never told of ${event.type} of ${id}`),
    ];
  });
}
