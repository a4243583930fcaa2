import type { Executor } from '@/db/client';
import { findOwners, listMovements, type Movement } from '@/db/queries/balance';
import type { ReportLine } from '../gateways/port';
import type { Here, There } from './tally';

const PAGE = 500;

type Profile = { merchantId: number; id: string };

/** What an event must be about to tell of this entry. */
const subjectOf = (row: Movement): string | null => {
  switch (row.kind) {
    case 'refund':
      return row.refundId;
    case 'chargeback':
    case 'reversal':
      return row.disputeId;
    default:
      return row.paymentAttemptId;
  }
};

/** Our ledger of a profile in order of time, page after page. Adjustments are ours alone: no gateway knows of them. */
export async function* ourSide(
  tx: Executor,
  profile: Profile,
  from: Date,
  to: Date,
): AsyncGenerator<Here, void> {
  for (let after: string | undefined; ; ) {
    const rows = await listMovements(tx, profile.merchantId, { from, to, after }, PAGE);
    for (const row of rows) {
      const { kind, amountMinor, currency, at, told, paymentAttemptId: reference } = row;
      if (kind === 'adjustment' || row.profileId !== profile.id) continue;
      const eventMinor = told.find(({ id }) => id === subjectOf(row))?.amountMinor ?? null;
      yield { kind, reference, amountMinor, currency, at, eventMinor };
    }
    after = rows.at(-1)?.id;
    if (rows.length < PAGE) return;
  }
}

/** The gateway's report, in its order, without the lines of other profiles that share the account. */
export async function* gatewaySide(
  tx: Executor,
  profile: Profile,
  report: AsyncIterable<ReportLine>,
): AsyncGenerator<There, void> {
  for await (const lines of inPages(report)) {
    const owners = new Map(
      (await findOwners(tx, [...new Set(lines.map(({ reference }) => reference))])).map((one) => [
        one.id,
        one,
      ]),
    );
    for (const { kind, reference, amountMinor, currency, at } of lines) {
      const owner = owners.get(reference);
      const isElsewhere =
        owner && (owner.merchantId !== profile.merchantId || owner.profileId !== profile.id);
      if (!isElsewhere)
        yield { kind, reference, amountMinor, currency, at, neverTaken: owner?.capturedMinor === 0 };
    }
  }
}

async function* inPages<T>(items: AsyncIterable<T>): AsyncGenerator<T[], void> {
  let page: T[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** Feeds two streams in order of time as if they were one, so that what belongs together comes close together. */
export async function merge<A extends { at: Date }, B extends { at: Date }>(
  [left, onLeft]: [AsyncGenerator<A, void>, (item: A) => void],
  [right, onRight]: [AsyncGenerator<B, void>, (item: B) => void],
): Promise<void> {
  let [a, b] = [await left.next(), await right.next()];
  while (!a.done || !b.done) {
    if (!a.done && (b.done || a.value.at <= b.value.at)) {
      onLeft(a.value);
      a = await left.next();
    } else if (!b.done) {
      onRight(b.value);
      b = await right.next();
    }
  }
}
