/** The row of the gateway's own notices: before its answer, lost, twice, and after those that are younger. */
import { type Bench, Case } from './case';
import { caseAt } from './case-at';
import { columnsOf } from './cells-processes';
import {
  type Column,
  HELD_AT,
  isRefund,
  type Judged,
  judged,
  type Outcome,
  type RefundColumn,
  stepOf,
} from './columns';
import { Notice, type NoticeWay } from './notice';
import { becomes, untilAnswered } from './patience';
import type { Point } from './points';
import { RefundCase } from './refund-case';
import type { Act } from './switchboard';

const ROW = 'notices';
const WAYS: readonly NoticeWay[] = ['before the answer', 'lost', 'twice', 'out of order'];
const KNOWN_MS = 60_000;
/** A part that the sandbox gives back at once. */
const THEIR_REFUND_MINOR = 101;

/** There is a notice only once the gateway has acted: in these intervals it comes while the answer waits. */
const AT: Partial<Record<string, Point>> = { 'S2–S3': 'gateway.answered', 'R2–R3': 'giveBack.answered' };
/** One step later the answer is lost, and only notices and reads can tell. */
const LOST: Partial<Record<string, Act>> = { 'S3–S4': { act: 'reset' }, 'R3–R4': { act: 'reset' } };

/** A payment that is held at its column while the notice of it comes, or does not. */
async function paymentTold(bench: Bench, column: Column, way: NoticeWay): Promise<Outcome> {
  const one = await caseAt(bench, ROW, column).issue();
  const notice = new Notice(one, 'payment.captured');
  await one.drive(AT[stepOf(column)] ?? HELD_AT[column]);
  await notice.arrives();
  const refund = way === 'out of order' ? await refundThere(one) : null;
  await notice.tell(way);
  one.release(LOST[stepOf(column)]);
  const outcome = await one.judge();
  if (!refund || outcome.startsWith('broken')) return outcome;
  return (await isKnown(one, refund)) ? outcome : 'broken: a refund that was told before its payment is lost';
}

/** Something is given back at the provider before we were told of the payment; resolves when we were told of that. */
async function refundThere(one: Case): Promise<string> {
  const told = new Notice(one, 'refund.succeeded');
  const wish = { reference: one.attempt, amountMinor: THEIR_REFUND_MINOR };
  const begun = await one.bench.house.control('POST', '/gateway/refund', wish);
  await told.tell('before the answer');
  return String(begun?.body.id);
}

function isKnown(one: Case, gatewayReference: string): Promise<boolean> {
  const { sql } = one.bench.house;
  return becomes(async () => {
    const rows = await untilAnswered(
      async () => await sql`select state from refunds where gateway_reference = ${gatewayReference}`,
    );
    return rows[0]?.state === 'succeeded';
  }, KNOWN_MS);
}

/** The bank asked the payer, who has answered and paid: only then comes the notice of the question. */
async function bankTold(bench: Bench, column: Column): Promise<Outcome> {
  const one = await new Case(bench, ROW, column, { card: 'challenged' }).issue();
  const asked = new Notice(one, 'payment.requires_action');
  const paid = new Notice(one, 'payment.captured');
  one.pay();
  await paid.tell('before the answer');
  await asked.tell('out of order');
  return one.judge();
}

/** A refund that is held at its column while the notice of it comes, or does not. */
async function refundTold(bench: Bench, column: RefundColumn, way: NoticeWay): Promise<Outcome> {
  const isLate = way === 'out of order';
  const one = await new RefundCase(bench, ROW, column, isLate ? { cents: 13 } : {}).payFirst();
  const pending = isLate ? new Notice(one, 'refund.pending') : null;
  const succeeded = new Notice(one, 'refund.succeeded');
  // Where the receiver is being told already, the gateway's notice of the end may be what has told us.
  const driven = one.drive(AT[column] ?? HELD_AT[column]);
  await Promise.all([driven, isLate && succeeded.tell(way)]);
  await (pending ?? succeeded).tell(way);
  one.release(LOST[column]);
  return one.judge();
}

export async function notices(bench: Bench): Promise<Judged[]> {
  const columns = columnsOf(ROW, bench);
  const payments = columns.filter((column) => !isRefund(column));
  const told = WAYS.flatMap((way) => [
    ...payments.map((column) => judged(column, paymentTold(bench, column, way), way)),
    ...columns.filter(isRefund).map((column) => judged(column, refundTold(bench, column, way), way)),
  ]);
  return [...told, judged('S2–S3', bankTold(bench, 'S2–S3'), 'out of order, at the bank')];
}
