/** Rows whose fault hits one exchange or one link: they disturb nobody else and run beside each other. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readLedger } from './books';
import { type Bench, Case } from './case';
import { caseAt } from './case-at';
import { columnsOf } from './cells-processes';
import { type Column, isKeypad, type Judged, judged, type Outcome, stepOf } from './columns';
import { KeypadCase } from './keypad-case';
import { LOST_WAYS, type RowKey } from './matrix';
import { becomes, untilAnswered } from './patience';
import { pageOf } from './payer';
import type { Point } from './points';
import { RefundCase, type RefundOptions } from './refund-case';
import { type Act, isEvent } from './switchboard';

const MET_MS = 40_000;

/** One payment or refund whose exchange at `point` meets `act`. The gateway's notices are lost: only a read can tell. */
async function met(bench: Bench, row: RowKey, column: Column, point: Point, act: Act): Promise<Outcome> {
  const one = caseAt(bench, row, column);
  await (one instanceof RefundCase ? one.payFirst() : one.issue());
  return meets(one, point, act);
}

async function meets(one: Case, point: Point, act: Act): Promise<Outcome> {
  one.switchboard.loseNotices(one.name);
  let hasMet = false;
  one.switchboard.arm(one.name, point, () => {
    hasMet = true;
    return act;
  });
  const begin = () => (one instanceof RefundCase ? one.ask() : one.pay());
  begin();
  // On a busy machine the time to send may run out before anything is sent: once more, as a person would.
  if (!(await becomes(() => hasMet, MET_MS))) begin();
  return (await becomes(() => hasMet, MET_MS)) ? one.judge() : 'broken: the fault was never met';
}

const LONGER_THAN_ANY_BUDGET_MS = 40_000;
const LOST: Record<(typeof LOST_WAYS)[number], Act> = {
  reset: { act: 'reset' },
  'cut in the middle': { act: 'cut' },
  500: { act: 'fail', status: 500 },
  503: { act: 'fail', status: 503 },
  timeout: { act: 'hang', ms: LONGER_THAN_ANY_BUDGET_MS },
};

/** Something was sent to the gateway, and no clear answer came back. */
export async function gatewayLost(bench: Bench): Promise<Judged[]> {
  const run = (column: Column, point: Point, way: string, act: Act): Judged =>
    judged(column, met(bench, 'gatewayLost', column, point, act), way);
  const garbled: Act = { act: 'garble' };
  return [
    ...LOST_WAYS.flatMap((way) => [
      run('S2–S3', 'gateway.asked', way, LOST[way]),
      run('S3–S4', 'gateway.answered', way, LOST[way]),
      run('K2–K3', 'gateway.asked', way, LOST[way]),
      run('K3–K4', 'gateway.answered', way, LOST[way]),
      run('R2–R3', 'giveBack.asked', way, LOST[way]),
      run('R3–R4', 'giveBack.answered', way, LOST[way]),
    ]),
    run('S3–S4', 'gateway.answered', 'garbled 200', garbled),
    run('K3–K4', 'gateway.answered', 'garbled 200', garbled),
    run('R3–R4', 'giveBack.answered', 'garbled 200', garbled),
  ];
}

const edited =
  (change: Record<string, unknown>) =>
  (body: Buffer): Buffer =>
    Buffer.from(JSON.stringify({ ...(JSON.parse(body.toString()) as object), ...change }));

/** The gateway's answer is for something else than was asked: it is believed only once the gateway was read. */
export async function mismatch(bench: Bench): Promise<Judged[]> {
  const ways: [string, Record<string, unknown>][] = [
    ['other amount', { amountMinor: 1 }],
    ['other currency', { currency: 'SEK' }],
    ['other reference', { reference: 'pay_00000000000000000000000000' }],
  ];
  const answers = ways.flatMap(([way, change]) => {
    const act: Act = { act: 'rewrite', body: edited(change) };
    return [
      ...(['S3–S4', 'K3–K4'] as const).map((column) => judged(column, otherAnswer(bench, column, act), way)),
      judged('R3–R4', met(bench, 'mismatch', 'R3–R4', 'giveBack.answered', act), way),
    ];
  });
  return [
    judged('S2–S3', otherHold(bench), 'held for another amount'),
    judged('S2–S3', otherCharge(bench), 'taken for another amount'),
    ...answers,
  ];
}

/** An answer for something else is set aside and an operator told; what is entered is what the gateway has. */
async function otherAnswer(bench: Bench, column: Column, act: Act): Promise<Outcome> {
  const one = await caseAt(bench, 'mismatch', column).issue();
  const outcome = await meets(one, 'gateway.answered', act);
  if (outcome.startsWith('broken')) return outcome;
  if (!(await one.isAlarmed('mismatch')))
    return 'broken: no operator was told of an answer for something else';
  const { sql } = bench.house;
  const aside = await untilAnswered(
    async () =>
      await sql`select 1 from gateway_notifications n
    join payment_attempts a on a.merchant_id = n.merchant_id and a.id = n.payment_attempt_id
    where a.payment_link_id = ${one.linkUuid} and n.type = 'answer.charge' and n.state = 'quarantined'`,
  );
  if (aside.length !== 1) return `broken: ${aside.length} answers for something else were set aside`;
  const entries = await untilAnswered(
    async () =>
      await sql`select amount_minor, currency from ledger_entries
    where payment_link_id = ${one.linkUuid} and kind = 'payment'`,
  );
  const entered = entries.map((entry) => `${entry.amount_minor} ${entry.currency}`).join();
  const owed = `${one.link.amountMinor} ${one.link.currency}`;
  return entered === owed ? outcome : `broken: ${owed} were charged, and ${entered || 'nothing'} was entered`;
}

/** The gateway itself holds another amount: that is voided by reference, an operator is told, and the link is free. */
async function otherHold(bench: Bench): Promise<Outcome> {
  const one = await new Case(bench, 'mismatch', 'S2–S3').issue();
  const change = { amountMinor: one.link.amountMinor + 1, capture: false };
  const outcome = await meets(one, 'gateway.asked', { act: 'rewrite', body: edited(change) });
  const held = (await readLedger(bench.house)).find(
    ({ reference, kind }) => reference === one.attempts[0] && kind === 'payment',
  );
  if (held?.status !== 'voided') return `broken: what was held for another amount is ${held?.status}`;
  return (await one.isAlarmed('mismatch')) ? outcome : 'broken: no operator was told of another amount';
}

const AGAIN_MS = 10_000;

/** The gateway has taken another amount: nothing of ours moves it, nobody can pay again, and an operator is told at once. */
async function otherCharge(bench: Bench): Promise<Outcome> {
  const one = await new Case(bench, 'mismatch', 'S2–S3').issue();
  const amountMinor = one.link.amountMinor + 1;
  one.closed = true;
  one.switchboard.loseNotices(one.name);
  one.switchboard.arm(one.name, 'gateway.asked', { act: 'rewrite', body: edited({ amountMinor }) });
  await one.payer().payOnce(one.card(), AGAIN_MS);
  bench.house.leftToPeople.add(one.link.id);
  const isTold = await becomes(() => one.isAlarmed('mismatch'), MET_MS);
  one.steady();
  if (!isTold) return 'broken: no operator was told of another amount';
  const ended = await one.payer().pay([one.card()], AGAIN_MS);
  if (ended !== 'gone') return `broken: while people must decide, a new try was ${ended}`;
  const told = await one.payer().see();
  if (told?.page !== 'confirming') return `broken: while people must decide, the page says ${pageOf(told)}`;
  const entries = (await readLedger(bench.house)).filter(({ paymentLink }) => paymentLink === one.link.id);
  const done = entries.map((entry) => `${entry.kind} ${entry.status} ${entry.amountMinor}`).join();
  return done === `payment captured ${amountMinor}` ? 'G' : `broken: the gateway says ${done}`;
}

export async function bankNever(bench: Bench): Promise<Judged[]> {
  const run = async (): Promise<Outcome> => {
    const one = new Case(bench, 'bankNever', 'S2–S3', { card: 'challenged', bank: 'never' });
    await one.drive('authorize.answered');
    one.release();
    return one.judge();
  };
  return [judged('S2–S3', run())];
}

const LIMIT = 5;

/** Each decline is told, leaves the link free and counts: the fifth locks it. */
async function declinedUntilLocked(bench: Bench): Promise<Outcome> {
  const one = await new Case(bench, 'decline', 'S2–S3').issue();
  const payer = one.payer();
  const card = one.card('declined');
  for (let tries = 1; tries <= LIMIT; tries++) {
    const told = await payer.payOnce(card, 20_000);
    const page = tries < LIMIT ? 'ready' : 'locked';
    if (told?.attemptState !== 'declined' || told.page !== page)
      return `broken: try ${tries} was ${told?.attemptState}, and the page said ${pageOf(told)}`;
    await sleep(2_300);
  }
  one.closed = true;
  const ended = await payer.pay([one.card('approved')], 5_000);
  return ended === 'closed' ? one.judge() : `broken: a locked link was ${ended}`;
}

/** A card that was keyed is declined: the session says so, and the link pays. */
const keyedDeclined = async (bench: Bench): Promise<Outcome> => {
  const one = new KeypadCase(bench, 'decline', 'K2–K3', { card: 'declined' });
  return (await one.issue()).pay().judge();
};

/** A refund that the gateway refuses gives its room back: what is left can be refunded afterwards. */
async function refundRefused(bench: Bench, options: RefundOptions): Promise<Outcome> {
  const one = await new RefundCase(bench, 'decline', 'R2–R3', options).payFirst();
  const outcome = await one.judge();
  if (outcome !== 'F') return outcome;
  const { merchant } = bench;
  const again = await merchant.refund(`${one.name} again`, { paymentLink: one.link.id });
  const state = again.id === null ? again.refusal : await merchant.untilDecided(again, 60_000);
  return state === 'succeeded' && again.amountMinor === one.link.amountMinor
    ? 'F'
    : `broken: after a refused refund ${again.amountMinor} of ${one.link.amountMinor} were ${state}`;
}

/** Somebody has given everything back at the provider, and the news of it is still on its way. */
async function nothingLeft(bench: Bench): Promise<Outcome> {
  const one = await new RefundCase(bench, 'decline', 'R2–R3').payFirst();
  const theirs = one.switchboard.hold(one.name, 'inbound.asked', isEvent('refund.succeeded'));
  await bench.house.control('POST', '/gateway/refund', { reference: one.attempt });
  await theirs.reached;
  const asked = await one.ask().asked;
  const state = asked?.id ? await bench.merchant.untilDecided(asked, 60_000) : asked?.refusal;
  theirs.release();
  one.steady();
  if (state !== 'failed') return `broken: with nothing left at the gateway the refund was ${state}`;
  if (!(await one.isTold('refund.failed'))) return 'broken: failed, and the receiver was not told';
  return (await one.isTold('refund.succeeded')) ? 'F' : 'broken: the refund at the provider was never told';
}

export const decline = async (bench: Bench): Promise<Judged[]> => [
  judged('S2–S3', declinedUntilLocked(bench), 'until the link is locked'),
  judged('K2–K3', keyedDeclined(bench), 'as it is keyed'),
  judged('R2–R3', refundRefused(bench, { cents: 19 }), 'refund refused at once'),
  judged('R2–R3', refundRefused(bench, { cents: 17 }), 'refund refused later'),
  judged('R2–R3', nothingLeft(bench), 'nothing left at the gateway'),
];

/** Once money is there, a link cannot be taken back; before, it can, and what was submitted runs to its truth. */
const PAID: readonly string[] = ['S5–S6', 'S6–S7'];
const SUBMITTED: readonly string[] = ['S2–S3', 'S3–S4', 'S4–S5'];

/** Why a try that came too late was refused, where it was one, and what the page says from then on. */
async function saysSo(one: Case, code: string | null, page: string): Promise<Outcome | null> {
  const told = await one.payer().see();
  return (code === null || one.causes.includes(code)) && told?.page === page
    ? null
    : `broken: refused as ${one.causes.join() || 'nothing'}, and the page says ${pageOf(told)}`;
}

async function canceledAt(bench: Bench, at: Column): Promise<Outcome> {
  const column = stepOf(at);
  const one = await caseAt(bench, 'canceled', at).issue();
  // Its notice may come while its answer is held: then the money is there before the cancel.
  if (SUBMITTED.includes(column)) one.switchboard.loseNotices(one.name);
  await one.drive();
  const answer = await bench.merchant.cancel(one.link);
  one.closed = !PAID.includes(column);
  one.release();
  const outcome = await one.judge();
  const wanted = PAID.includes(column) ? 'link_paid' : '';
  if (!answer || answer.code !== wanted)
    return `broken: canceling was answered ${answer?.status} ${answer?.code}, not ${wanted || 'with success'}`;
  if (SUBMITTED.includes(column) && !(await one.isLate()))
    return 'broken: money that came late is not flagged';
  const isFree = column === 'S0–S1' || column === 'S1–S2';
  // With its link the session of a keyed card has ended: a press is refused for that, and one that was made before has been answered.
  const keyed = column === 'S0–S1' ? 'session_ended' : null;
  const code = isKeypad(at) ? keyed : 'link_canceled';
  return (isFree && (await saysSo(one, code, 'canceled'))) || outcome;
}

export const canceled = async (bench: Bench): Promise<Judged[]> =>
  columnsOf('canceled', bench).map((column) => judged(column, canceledAt(bench, column)));

async function expiredAt(bench: Bench, column: Column): Promise<Outcome> {
  const one = await caseAt(bench, 'expired', column).drive();
  await one.expireNow();
  one.closed = stepOf(column) === 'S0–S1';
  one.release();
  const outcome = await one.judge();
  return (one.closed && (await saysSo(one, 'link_expired', 'expired'))) || outcome;
}

export const expired = async (bench: Bench): Promise<Judged[]> =>
  columnsOf('expired', bench).map((column) => judged(column, expiredAt(bench, column)));
