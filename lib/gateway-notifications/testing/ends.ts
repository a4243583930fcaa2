/** How a story ended here, and how it must have ended by what truly happened: in words that every order of news shares. */
import { uuidFromId } from '@/core/ids';
import type { MoneyHouse } from '../../gateways/testing';
import { AMOUNT, type End } from './stories';

type Ends = readonly (readonly [string, number])[];

const sum = (amounts: Ends): number => amounts.reduce((all, [, amount]) => all + amount, 0);
const those = (amounts: Ends, ...states: string[]): Ends =>
  amounts.filter(([state]) => states.includes(state));
const lines = (amounts: Ends, word?: string): string[] =>
  amounts.map(([state, amount]) => `${word ?? state} ${amount}`).sort();

/** Of these events there is one for each thing that happened. */
const TOLD = [
  ...['succeeded', 'declined', 'failed', 'abandoned'].map((end) => `payment_attempt.${end}`),
  ...['paid', 'late_payment', 'expired', 'canceled', 'locked'].map((end) => `payment_link.${end}`),
  ...['created', 'succeeded', 'failed'].map((end) => `refund.${end}`),
  ...['opened', 'closed'].map((end) => `dispute.${end}`),
];
/** Of these there is one at the most: whoever hears of the end first does not hear of the way there. */
const PASSED = ['requires_action', 'authorized', 'unknown', 'resolved'].map(
  (one) => `payment_attempt.${one}`,
);

function eventsAsTold({ state, refunds, disputes }: End): string[] {
  const ended = state === 'voided' ? 'abandoned' : state;
  return [
    ...(state === 'authorized' ? [] : [`payment_attempt.${ended}`]),
    ...(state === 'succeeded' ? ['payment_link.paid'] : []),
    ...refunds.flatMap(([end]) => ['refund.created', `refund.${end}`]),
    ...disputes.flatMap(([end]) => ['dispute.opened', ...(end === 'open' ? [] : ['dispute.closed'])]),
  ].sort();
}

export function endAsTold(end: End) {
  const { state, refunds, disputes } = end;
  const captured = state === 'succeeded' ? AMOUNT : 0;
  const held = state === 'authorized' ? AMOUNT : 0;
  const refunded = sum(those(refunds, 'succeeded'));
  const disputed = sum(those(disputes, 'open', 'lost'));
  return {
    link: {
      access: held > 0 ? 'processing' : 'active',
      captured,
      held,
      refunded,
      disputed,
      paid: captured > 0,
    },
    attempts: [{ state, captured, refunded, refunding: 0, disputed, reversed: false }],
    refunds: lines(refunds),
    disputes: lines(disputes),
    ledger: [
      ...(captured > 0 ? [`payment ${captured}`] : []),
      ...lines(those(refunds, 'succeeded'), 'refund'),
      ...lines(disputes, 'chargeback'),
      ...lines(those(disputes, 'won'), 'reversal'),
    ].sort(),
    events: eventsAsTold(end),
    twice: [],
    gaps: false,
    notifications: ['applied'],
    alerts: [],
  };
}

export async function endOf({ database: { sql } }: MoneyHouse, link: string) {
  const id = uuidFromId('paymentLink', link) ?? '';
  const list = async (rows: Promise<readonly Record<string, string>[]>) =>
    (await rows).map(({ line }) => line ?? '').sort();
  const links = await sql`select access, captured_minor::int as captured, held_minor::int as held,
    refunded_minor::int as refunded, disputed_minor::int as disputed, paid_at is not null as paid
    from payment_links where id = ${id}`;
  const attempts = await sql`select state, captured_minor::int as captured, refunded_minor::int as refunded,
    refunding_minor::int as refunding, disputed_minor::int as disputed, reversal_due_at is not null as reversed
    from payment_attempts where payment_link_id = ${id}`;
  const events = await sql`select type, sequence from events where payment_link_id = ${id} order by sequence`;
  const types = events.map(({ type }) => String(type));
  return {
    link: { ...links[0] },
    attempts: attempts.map((row) => ({ ...row })),
    refunds: await list(
      sql`select state || ' ' || amount_minor as line from refunds where payment_link_id = ${id}`,
    ),
    disputes: await list(
      sql`select state || ' ' || amount_minor as line from disputes where payment_link_id = ${id}`,
    ),
    ledger: await list(
      sql`select kind || ' ' || amount_minor as line from ledger_entries where payment_link_id = ${id}`,
    ),
    events: types.filter((type) => TOLD.includes(type)).sort(),
    twice: PASSED.filter((type) => types.filter((one) => one === type).length > 1),
    gaps: events.some(({ sequence }, i) => sequence !== i + 1),
    notifications: await list(sql`select distinct n.state as line from gateway_notifications n
      join payment_attempts a on a.id = n.payment_attempt_id where a.payment_link_id = ${id}`),
    alerts: await list(sql`select kind || ': ' || message as line from alerts where payment_link_id = ${id}`),
  };
}
