import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ATTEMPT_TRANSITIONS, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { LINK_ACCESS, LINK_TRANSITIONS, type StatusFacts, statusOf, TOKEN_STATES } from '@/core/payment-link';
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

const MONEY: Record<string, Pick<StatusFacts, 'capturedMinor' | 'refundedMinor'>> = {
  'nothing captured': { capturedMinor: 0, refundedMinor: 0 },
  'part captured': { capturedMinor: 40, refundedMinor: 0 },
  'all captured': { capturedMinor: 100, refundedMinor: 0 },
  'part refunded': { capturedMinor: 100, refundedMinor: 40 },
  'all refunded': { capturedMinor: 100, refundedMinor: 100 },
};

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
  ];
  return [
    row(['access', ...Object.keys(MONEY)]),
    row(['---', ...Object.keys(MONEY).map(() => '---')]),
    ...ways.map(({ name, access, expired }) =>
      row([
        name,
        ...Object.values(MONEY).map((money) => statusOf({ access, expired, amountMinor: 100, ...money })),
      ]),
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

test('docs/states.md shows the derived status as the code derives it', () => {
  expect(part('status')).toBe(statusTable());
});

test('docs/states.md names every state of tokens, messages and deliveries, and no other', () => {
  const named = (name: string) =>
    [...(part(name) ?? '').matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
  expect(named('token')).toEqual([...TOKEN_STATES]);
  expect(named('message')).toEqual([...MESSAGE_STATES]);
  expect(named('delivery')).toEqual([...DELIVERY_STATES]);
});
