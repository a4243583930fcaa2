/** What one payment will meet, from seed and number alone: who pays how, what goes back, and which faults are waiting. */
import { type Card, type CardKind, cardOf } from './cards';
import type { Target } from './house';
import type { Wish } from './merchant';
import type { BankAnswer } from './payer';
import {
  KILL_POINTS,
  killOf,
  losesNews,
  type Planned,
  paymentFault,
  REFUND_KILL_POINTS,
  refundFault,
  strikeOf,
} from './plan-faults';
import { type Random, sample, seeded } from './random';

export const HABITS = [
  'plain',
  'double click',
  'two devices',
  'refresh',
  'walks away',
  'at the last second',
  'taken back',
] as const;
export type Habit = (typeof HABITS)[number];

/** A refund once the payment is there: null for the amount is all of it. */
export type RefundPlan = {
  by: 'merchant' | 'merchant, twice at once' | 'provider';
  amountMinor: number | null;
  faults: Planned[];
};
export type PaymentPlan = {
  name: string;
  wish: Wish;
  habit: Habit;
  cards: Card[];
  bank: BankAnswer;
  faults: Planned[];
  /** Every notice of the gateway about it gets lost: only answers and reads can tell. */
  unheard: boolean;
  refund: RefundPlan | null;
};

const MOSTLY_APPROVED: CardKind[] = Array(13).fill('approved');
const KINDS: readonly [CardKind, ...CardKind[]] = [
  'challenged',
  'challenged',
  'challengedThenDeclined',
  'declined',
  'insufficientFunds',
  'processorError',
  'neverAnswered',
  ...MOSTLY_APPROVED,
];
const CURRENCIES = ['GBP', 'EUR', 'USD', 'JPY', 'KWD'] as const;
const SHARE_WITH_FAULTS = 0.45;
const SHARE_UNHEARD = 0.25;
const SHARE_REFUNDED = 0.15;
const SHARE_OF_REFUNDS_WITH_FAULTS = 0.6;
/** Last two digits that make the sandbox decide later, or refuse: docs/sandbox.md. */
const OTHER_CENTS = [13, 17, 19] as const;

function habitOf(random: Random): Habit {
  const roll = random.next();
  if (roll < 0.62) return 'plain';
  if (roll < 0.7) return 'double click';
  if (roll < 0.8) return 'two devices';
  if (roll < 0.86) return 'refresh';
  if (roll < 0.91) return 'walks away';
  return roll < 0.95 ? 'at the last second' : 'taken back';
}

function partOf(random: Random, amountMinor: number): number {
  const part = 1 + random.int(amountMinor);
  const other = part - (part % 100) + random.pick(OTHER_CENTS);
  return random.chance(0.2) && other <= amountMinor ? other : part;
}

function refundOf(random: Random, amountMinor: number): RefundPlan | null {
  if (!random.chance(SHARE_REFUNDED)) return null;
  const by = random.pick([
    'merchant',
    'merchant',
    'merchant',
    'merchant, twice at once',
    'provider',
  ] as const);
  const faults: Planned[] = [];
  if (random.chance(SHARE_OF_REFUNDS_WITH_FAULTS))
    for (let i = random.chance(0.3) ? 2 : 1; i > 0; i--) faults.push(refundFault(random));
  return { by, amountMinor: random.chance(0.4) ? null : partOf(random, amountMinor), faults };
}

/** The plan of one payment. `killed` says that one of the run's kills is tied to it, of `only` where that is given. */
function planOf(seed: number, index: number, killed: boolean, only: Target | undefined): PaymentPlan {
  const random = seeded(seed).fork(`payment ${index}`);
  const habit = habitOf(random);
  const kinds = Array.from({ length: 1 + random.int(3) }, () => random.pick(KINDS));
  const faults: Planned[] = [];
  if (random.chance(SHARE_WITH_FAULTS))
    for (let i = random.chance(0.3) ? 2 : 1; i > 0; i--) faults.push(paymentFault(random));
  if (random.chance(0.03)) faults.push({ point: random.pick(KILL_POINTS), strike: strikeOf(random) });
  const amountMinor = 100 + random.int(90_000);
  const refund = refundOf(random.fork('refund'), amountMinor);
  const kill = random.fork('kill');
  if (killed) {
    const strike = killOf(kill, only);
    if (refund) refund.faults.push({ point: kill.pick(REFUND_KILL_POINTS), strike });
    else faults.push({ point: kill.pick(KILL_POINTS), strike });
  }
  // Of what the provider does by itself, its notice is the only word before the nightly balance.
  const kept = (all: Planned[]) => all.filter((one) => refund?.by !== 'provider' || !losesNews(one));
  return {
    name: `s${seed}-p${index}`,
    wish: {
      amountMinor,
      currency: random.pick(CURRENCIES),
      ...(habit === 'at the last second' && { expiresInSeconds: 60 }),
    },
    habit,
    cards: kinds.map((kind) => cardOf(kind, random)),
    bank: random.pick(['accept', 'accept', 'accept', 'refuse', 'time_out', 'never'] as const),
    faults: kept(faults),
    unheard: refund?.by !== 'provider' && random.fork('unheard').chance(SHARE_UNHEARD),
    refund: refund && { ...refund, faults: kept(refund.faults) },
  };
}

/** All payments of a run: the same for the same seed and sizes. */
export function plansOf(seed: number, payments: number, kills: number, only?: Target): PaymentPlan[] {
  const chosen = new Set(sample(seeded(seed).fork('kills'), kills, payments));
  return Array.from({ length: payments }, (_, index) => planOf(seed, index, chosen.has(index), only));
}
