import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BULK_TRANSITIONS } from '@/core/bulk-act';
import { DISPUTE_STATES, DISPUTE_TRANSITIONS } from '@/core/dispute';
import { LEDGER_KINDS, LEDGER_SIGN } from '@/core/ledger';
import {
  ATTEMPT_TRANSITIONS,
  DECIDABLE_STATES,
  DECISION_STATES,
  LATE_TRANSITIONS,
  OPEN_ATTEMPT_STATES,
} from '@/core/payment-attempt';
import {
  LINK_ACCESS,
  LINK_TRANSITIONS,
  type StatusFacts,
  statusOf,
  TOKEN_STATES,
  TOKEN_TRANSITIONS,
} from '@/core/payment-link';
import { BATCH_TRANSITIONS } from '@/core/payment-link-batch';
import {
  FIELD_STATES,
  RECORDING_STATES,
  RECORDING_TRANSITIONS,
  SESSION_STATES,
  SESSION_TRANSITIONS,
} from '@/core/payment-session';
import { REFUND_STATES, REFUND_TRANSITIONS } from '@/core/refund';
import { DELIVERY_STATES, MESSAGE_STATES } from '@/core/retry-schedule';
import { isFinal, type Transitions } from '@/core/transitions';

const doc = readFileSync('docs/states.md', 'utf8');

/** The part of the document between `<!-- name -->` and `<!-- /name -->`. */
const part = (name: string) =>
  new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)\\n<!-- /${name} -->`).exec(doc)?.[1]?.trim();

function diagram<S extends string>(table: Transitions<S>, starts: readonly S[]): string {
  const states = Object.keys(table) as S[];
  const lines = [
    ...starts.map((state) => `[*] --> ${state}`),
    ...states.flatMap((from) => table[from].map((to) => `${from} --> ${to}`)),
    ...states.filter((state) => isFinal(table, state)).map((state) => `${state} --> [*]`),
  ];
  return ['```mermaid', 'stateDiagram-v2', ...lines.map((line) => `  ${line}`), '```'].join('\n');
}

type Money = Pick<StatusFacts, 'capturedMinor' | 'refundedMinor'> & { disputedMinor?: number };
const MONEY: Record<string, Money> = {
  'nothing captured': { capturedMinor: 0, refundedMinor: 0 },
  'part captured': { capturedMinor: 40, refundedMinor: 0 },
  'all captured': { capturedMinor: 100, refundedMinor: 0 },
  'part refunded': { capturedMinor: 100, refundedMinor: 40 },
  'all refunded': { capturedMinor: 100, refundedMinor: 100 },
  disputed: { capturedMinor: 100, refundedMinor: 0, disputedMinor: 100 },
};

const FACTS = {
  amountType: 'partial',
  amountMinor: 100,
  minAmountMinor: null,
  maxAmountMinor: null,
  disputedMinor: 0,
} as const;
type Way = Pick<StatusFacts, 'access' | 'expired'> & { held?: boolean };
const held = ({ held = false, access, expired }: Way) => ({
  access,
  expired,
  heldMinor: held || access === 'processing' ? 10 : 0,
});

/** The derived status for every access, before and after the link's end, and every kind of money. */
function statusTable(): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const ways = [
    ...LINK_ACCESS.map((access) => ({ name: access, access, expired: access === 'expired' })),
    ...(['active', 'locked', 'processing'] as const).map((access) => ({
      name: `${access}, past its end`,
      access,
      expired: true,
    })),
    { name: 'canceled while being paid', access: 'canceled' as const, expired: false, held: true },
  ];
  return [
    row(['access', ...Object.keys(MONEY)]),
    row(['---', ...Object.keys(MONEY).map(() => '---')]),
    ...ways.map(({ name, ...way }) =>
      row([name, ...Object.values(MONEY).map((money) => statusOf({ ...FACTS, ...held(way), ...money }))]),
    ),
  ].join('\n');
}

test('docs/states.md shows the machine of a link exactly as the code has it', () => {
  expect(part('link')).toBe(diagram(LINK_TRANSITIONS, ['draft', 'active']));
});

test('docs/states.md shows the machine of an attempt, and which states hold the lease, as the code has them', () => {
  expect(part('attempt')).toBe(diagram(ATTEMPT_TRANSITIONS, ['created']));
  expect(part('lease')).toBe(OPEN_ATTEMPT_STATES.map((state) => `\`${state}\``).join(' · '));
});

test('docs/states.md shows the machines of tokens, refunds, disputes, batches and bulk acts, and the kinds of money, as the code has them', () => {
  expect(part('token-machine')).toBe(diagram(TOKEN_TRANSITIONS, ['live']));
  expect(part('refund')).toBe(diagram(REFUND_TRANSITIONS, ['pending']));
  expect(part('dispute')).toBe(diagram(DISPUTE_TRANSITIONS, ['open']));
  expect(part('batch')).toBe(diagram(BATCH_TRANSITIONS, ['receiving']));
  expect(part('bulk-act')).toBe(diagram(BULK_TRANSITIONS, ['prepared']));
  const late = Object.entries(LATE_TRANSITIONS).flatMap(([from, to]) =>
    to.map((state) => `\`${from} → ${state}\``),
  );
  expect(part('late')).toBe(late.join(' · '));
  const decided = Object.entries(DECISION_STATES).map(([word, state]) => `\`${word}\` → \`${state}\``);
  const from = DECIDABLE_STATES.map((state) => `\`${state}\``);
  expect(part('decisions')).toBe(`${decided.join(' · ')}, from ${from.join(' · ')}`);
  const kinds = LEDGER_KINDS.map((kind) => `\`${kind}\` ${LEDGER_SIGN[kind] > 0 ? '+' : '−'}`);
  expect(part('money')).toBe(kinds.join(' · '));
});

test('docs/states.md shows the machines of a payment session and of its call’s recording as the code has them', () => {
  expect(part('session')).toBe(diagram(SESSION_TRANSITIONS, ['created']));
  expect(part('recording')).toBe(diagram(RECORDING_TRANSITIONS, ['recording']));
});

test('docs/states.md shows the derived status as the code derives it', () => {
  expect(part('status')).toBe(statusTable());
});

test('docs/states.md names every state of tokens, refunds, disputes, sessions, messages and deliveries, and no other', () => {
  const named = (name: string) =>
    [...(part(name) ?? '').matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
  expect(named('token')).toEqual([...TOKEN_STATES]);
  expect(named('refund-states')).toEqual([...REFUND_STATES]);
  expect(named('dispute-states')).toEqual([...DISPUTE_STATES]);
  expect(named('session-states')).toEqual([...SESSION_STATES]);
  expect(named('field-states')).toEqual([...FIELD_STATES]);
  expect(named('recording-states')).toEqual([...RECORDING_STATES]);
  expect(named('message')).toEqual([...MESSAGE_STATES]);
  expect(named('delivery')).toEqual([...DELIVERY_STATES]);
});
