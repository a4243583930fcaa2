import { MAX_AMOUNT_MINOR } from './money';
import type { Transitions } from './transitions';

/** How a link may be reached. What it has earned is kept apart, in money: see `statusOf`. */
export const LINK_ACCESS = ['draft', 'active', 'processing', 'locked', 'expired', 'canceled'] as const;
export type LinkAccess = (typeof LINK_ACCESS)[number];

export const LINK_TRANSITIONS: Transitions<LinkAccess> = {
  draft: ['active', 'canceled'],
  active: ['processing', 'locked', 'expired', 'canceled'],
  processing: ['active', 'locked', 'expired', 'canceled'],
  locked: ['active', 'expired', 'canceled'],
  expired: ['active'],
  canceled: [],
};

/** The one status the API and the screens show, derived from access and money. */
export const LINK_STATUSES = [
  'draft',
  'active',
  'processing',
  'locked',
  'partially_paid',
  'paid',
  'partially_refunded',
  'refunded',
  'disputed',
  'expired',
  'canceled',
] as const;
export type LinkStatus = (typeof LINK_STATUSES)[number];

/** Those that the clock ends. */
export const CLOCKED = ['active', 'locked', 'partially_paid'] as const satisfies readonly LinkStatus[];

/** The orders in which links are listed. */
export const LINK_SORTS = ['newest', 'expiring', 'amount', 'paid'] as const;
export type LinkSort = (typeof LINK_SORTS)[number];

/** 72 hours in seconds, on the database's clock. The longest a link may live from its issue. */
export const LINK_LIFETIME_SECONDS = 259_200;
export const LINK_MIN_LIFETIME_SECONDS = 60;
/** For so many seconds a reissue or a send stands for its repetitions: whoever repeats it has not had the answer. */
export const REPEAT_SECONDS = 60;
/** How long before a link's end `expiring_soon` is told, in seconds: 24 hours and 1 hour. */
export const EXPIRING_SOON_SECONDS = [86_400, 3_600] as const;
/** How many of these warnings are due `secondsLeft` before the end. Those due at the issue itself are not told. */
export const warningsDue = (secondsLeft: number): number =>
  EXPIRING_SOON_SECONDS.filter((seconds) => secondsLeft <= seconds).length;

export const TOKEN_STATES = ['live', 'superseded', 'revoked', 'expired'] as const;
export type TokenState = (typeof TOKEN_STATES)[number];

/** `expired` is a fact of the clock and of the link; a reissue supersedes a token whatever it was. */
export const TOKEN_TRANSITIONS: Transitions<TokenState> = {
  live: ['superseded', 'revoked', 'expired'],
  superseded: [],
  revoked: [],
  expired: ['superseded'],
};

export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/** `fixed`: exactly the amount. `partial`: the amount in parts. `open`: the payer says how much, once. */
export const AMOUNT_TYPES = ['fixed', 'partial', 'open'] as const;
export type AmountType = (typeof AMOUNT_TYPES)[number];

/** What a profile does when a payer asks for a new link. */
export const NEW_LINK_RULES = ['automatic', 'approval', 'off'] as const;
export type NewLinkRule = (typeof NEW_LINK_RULES)[number];

/** The debt. `amountMinor` is null only where the payer says how much and nothing is suggested. */
export type DebtFacts = {
  amountType: AmountType;
  amountMinor: number | null;
  minAmountMinor: number | null;
  maxAmountMinor: number | null;
  capturedMinor: number;
};

/** The most that may ever be captured and held on a link, in minor units. */
export const ceilingOf = (debt: Omit<DebtFacts, 'capturedMinor'>): number =>
  debt.amountType === 'open'
    ? (debt.maxAmountMinor ?? MAX_AMOUNT_MINOR)
    : (debt.amountMinor ?? MAX_AMOUNT_MINOR);

/** True once nothing more is asked for: all of it came in, or, where the payer says how much, anything did. */
export const isSettled = (debt: DebtFacts): boolean =>
  debt.amountType === 'open' ? debt.capturedMinor > 0 : debt.capturedMinor >= ceilingOf(debt);

/** What the next payment may be, in minor units; null when nothing is owed any more. A rest is never refused. */
export function nextPayment(debt: DebtFacts): { minMinor: number; maxMinor: number } | null {
  if (isSettled(debt)) return null;
  const maxMinor = ceilingOf(debt) - debt.capturedMinor;
  if (debt.amountType === 'fixed') return { minMinor: maxMinor, maxMinor };
  return { minMinor: Math.min(debt.minAmountMinor ?? 1, maxMinor), maxMinor };
}

/** What is still asked for, or, where the payer says how much, what is suggested; null where nothing is. */
export const askedMinor = (debt: DebtFacts): number | null =>
  debt.amountType === 'open' ? debt.amountMinor : ceilingOf(debt) - debt.capturedMinor;

export type StatusFacts = DebtFacts & {
  access: LinkAccess;
  heldMinor: number;
  refundedMinor: number;
  /** Open and lost disputes. */
  disputedMinor: number;
  expired: boolean;
};

/** Precedence: money first (disputed, refunded, paid), then a payment under way, then the end of access, then money in part. */
export function statusOf(link: StatusFacts): LinkStatus {
  if (link.disputedMinor > 0) return 'disputed';
  if (link.capturedMinor > 0 && link.refundedMinor >= link.capturedMinor) return 'refunded';
  if (link.refundedMinor > 0) return 'partially_refunded';
  if (isSettled(link)) return 'paid';
  if (link.heldMinor > 0) return 'processing';
  if (link.access === 'canceled') return 'canceled';
  if (link.access === 'expired' || (link.expired && link.access !== 'draft')) return 'expired';
  if (link.access === 'locked') return 'locked';
  return link.capturedMinor > 0 ? 'partially_paid' : link.access;
}

/** It can be paid at this moment. */
export const isPayable = (link: StatusFacts): boolean =>
  ['active', 'partially_paid'].includes(statusOf(link));
