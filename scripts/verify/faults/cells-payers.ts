/** The row of those who act at once on one debt: two devices, two tabs, an agent and a payer, two refunds. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, Case } from './case';
import { caseAt } from './case-at';
import { columnsOf } from './cells-processes';
import {
  type Column,
  isKeypad,
  isRefund,
  type Judged,
  judged,
  type Outcome,
  type RefundColumn,
  stepOf,
} from './columns';
import { KeypadCase } from './keypad-case';
import { isUnderWay, pageOf } from './payer';
import { RefundCase } from './refund-case';

const ROW = 'manyPayers';
/** A link takes no second try sooner. */
const BETWEEN_TRIES_MS = 2_300;
const PATIENCE_MS = 60_000;
const PAID: readonly string[] = ['S5–S6', 'S6–S7'];

/** While one payment is held at its column, somebody else with the same link tries as well: refused, and told why. */
async function secondDevice(bench: Bench, column: Column): Promise<Outcome> {
  const one = await caseAt(bench, ROW, column).drive();
  const second = one.payer();
  await sleep(BETWEEN_TRIES_MS);
  const ticket = await second.takeTicket();
  if (ticket) await second.sendCard(ticket, one.card());
  const told = await second.see();
  one.release();
  const outcome = await one.judge();
  if (outcome.startsWith('broken')) return outcome;
  const isPaid = PAID.includes(stepOf(column));
  // The gateway's own notice may come before its answer, also between the two looks of the second device.
  const known = isPaid ? ['link_already_paid'] : ['link_already_paid', 'being_paid'];
  const knowsPaid = told?.page === 'paid' && second.refusals.every((code) => known.includes(code));
  const right = knowsPaid || (!isPaid && isUnderWay(told?.page));
  if (second.refusals.length === 0 || !right)
    return `broken: the second device was told ${second.refusals[0] ?? 'nothing'}, and its page says ${pageOf(told)}`;
  return isPaid ? 'F' : outcome;
}

/** Two devices press Pay at the same moment. */
async function twoDevices(bench: Bench): Promise<Outcome> {
  const one = await new Case(bench, ROW, 'S0–S1').issue();
  const both = [one.payer(), one.payer()];
  await Promise.all(both.map((payer) => payer.pay([one.card()], PATIENCE_MS)));
  return one.judge();
}

/** The agent presses twice, from two windows. */
async function pressedTwice(bench: Bench): Promise<Outcome> {
  const one = await new KeypadCase(bench, ROW, 'K1–K2').issue();
  await one.pressTwice();
  return one.judge();
}

async function doubleClick(bench: Bench): Promise<Outcome> {
  const one = await new Case(bench, ROW, 'S1–S2').issue();
  const payer = one.payer();
  const ticket = await payer.takeTicket();
  if (!ticket) return 'broken: no ticket';
  const card = one.card();
  await Promise.all([payer.sendCard(ticket, card), payer.sendCard(ticket, card)]);
  await payer.wait(ticket.attempt, PATIENCE_MS);
  return one.judge();
}

/** Pay was pressed, then again: after a reload by the same payer, or in a second tab, whose card comes before the first's. */
async function pressedAgain(bench: Bench, how: 'refresh' | 'second tab'): Promise<Outcome> {
  const one = await new Case(bench, ROW, 'S1–S2').issue();
  const [first, second] = [one.payer(), one.payer()];
  const old = await first.takeTicket();
  const fresh = await second.takeTicket();
  if (!old || !fresh) return 'broken: no ticket';
  const sendOld = () => first.sendCard(old, one.card());
  if (how === 'refresh') await sendOld();
  await second.sendCard(fresh, one.card());
  if (how === 'second tab') await sendOld();
  await second.wait(fresh.attempt, PATIENCE_MS);
  const refused = first.refusals.length > 0;
  return refused ? one.judge() : 'broken: the ticket that was replaced was taken';
}

/** Paid; then back to the page as the browser has kept it, and Pay again. */
async function back(bench: Bench): Promise<Outcome> {
  const one = await new Case(bench, ROW, 'S6–S7').issue();
  const payer = one.payer();
  const card = one.card();
  const ticket = await payer.takeTicket();
  if (!ticket) return 'broken: no ticket';
  await payer.sendCard(ticket, card);
  await payer.wait(ticket.attempt, PATIENCE_MS);
  await payer.sendCard(ticket, card);
  await payer.takeTicket();
  const outcome = await one.judge();
  if (outcome !== 'E') return outcome;
  return payer.refusals.length === 2 && payer.refusals[1] === 'link_already_paid'
    ? 'F'
    : `broken: paying again was refused as ${payer.refusals.join() || 'nothing'}`;
}

/** An agent issues the link anew and it is paid at its new address, while the payer pays at the old one. */
async function agent(bench: Bench, column: Column): Promise<Outcome> {
  const one = await new Case(bench, ROW, column).drive();
  const { url, refusal } = await bench.merchant.reissue(one.name, one.link);
  if (url) {
    one.link = { ...one.link, url };
    const there = one.payer().pay([one.card()], PATIENCE_MS);
    one.release();
    await there;
  } else one.release();
  const outcome = await one.judge();
  if (outcome.startsWith('broken')) return outcome;
  const isPaid = PAID.includes(stepOf(column));
  const isFree = column === 'S0–S1' || column === 'S1–S2';
  const wanted = isFree ? [''] : isPaid ? ['link_paid'] : ['being_paid', 'link_paid'];
  if (!wanted.includes(refusal)) return `broken: the agent was answered ${refusal || 'with a new address'}`;
  return isPaid ? 'F' : outcome;
}

/** The whole payment is refunded twice at once, under one key or two. */
async function twoRefunds(bench: Bench, keys: readonly [string, string]): Promise<Outcome> {
  const one = await new RefundCase(bench, ROW, 'R0–R1', { whole: true }).payFirst();
  const both = await Promise.all(keys.map((key) => one.askAs(key)));
  const ids = new Set(both.flatMap(({ id }) => id ?? []));
  const refused = both.filter(({ id }) => id === null);
  const wanted = keys[0] === keys[1] ? 0 : 1;
  if (ids.size !== 1 || refused.length !== wanted)
    return `broken: ${ids.size} refunds were begun and ${refused.length} refused`;
  const [begun] = both.filter(({ id }) => id !== null);
  one.asked = begun ? Promise.resolve(begun) : null;
  return one.judge();
}

/** While the whole payment is on its way back, somebody else asks for it as well. */
async function askedMeanwhile(bench: Bench, column: RefundColumn): Promise<Outcome> {
  const one = await new RefundCase(bench, ROW, column, { whole: true }).drive();
  const { id, refusal } = await one.askAs('of somebody else');
  one.release();
  const outcome = await one.judge();
  if (outcome.startsWith('broken')) return outcome;
  return id === null && refusal === 'nothing_to_refund' ? 'F' : `broken: refused as ${refusal || 'nothing'}`;
}

export async function manyPayers(bench: Bench): Promise<Judged[]> {
  const columns = columnsOf(ROW, bench);
  const payments = columns.filter((column) => !isRefund(column) && !isKeypad(column));
  const early = ['S0–S1', 'S1–S2'];
  const later = columns.filter((column) => !isRefund(column) && !early.includes(stepOf(column)));
  return [
    judged('S0–S1', twoDevices(bench), 'second device'),
    judged('S1–S2', doubleClick(bench), 'double click'),
    judged('S1–S2', pressedAgain(bench, 'refresh'), 'refresh'),
    judged('S1–S2', pressedAgain(bench, 'second tab'), 'second tab'),
    judged('S6–S7', back(bench), 'back'),
    ...(bench.unkeyed ? [] : [judged('K1–K2', pressedTwice(bench), 'double click')]),
    ...later.map((column) => judged(column, secondDevice(bench, column), 'second device')),
    ...payments.map((column) => judged(column, agent(bench, column), 'agent')),
    judged('R0–R1', twoRefunds(bench, ['', '']), 'two refunds, one key'),
    judged('R0–R1', twoRefunds(bench, ['', 'other']), 'two refunds'),
    ...columns
      .filter(isRefund)
      .filter((column) => column !== 'R0–R1')
      .map((column) => judged(column, askedMeanwhile(bench, column), 'two refunds')),
  ];
}
