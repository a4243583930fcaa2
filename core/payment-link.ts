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
  'expired',
  'canceled',
] as const;
export type LinkStatus = (typeof LINK_STATUSES)[number];

/** 72 hours in seconds, on the database's clock. The longest a link may live from its issue. */
export const LINK_LIFETIME_SECONDS = 259_200;
export const LINK_MIN_LIFETIME_SECONDS = 60;

export const TOKEN_STATES = ['live', 'superseded', 'revoked'] as const;

export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

export type StatusFacts = {
  access: LinkAccess;
  amountMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  expired: boolean;
};

/** Precedence: money first (refunded, paid), then a payment under way, then the end of access, then partial money. */
export function statusOf(link: StatusFacts): LinkStatus {
  if (link.capturedMinor > 0 && link.refundedMinor >= link.capturedMinor) return 'refunded';
  if (link.refundedMinor > 0) return 'partially_refunded';
  if (link.capturedMinor >= link.amountMinor) return 'paid';
  if (link.access === 'processing') return 'processing';
  if (link.access === 'canceled') return 'canceled';
  if (link.access === 'expired' || (link.expired && link.access !== 'draft')) return 'expired';
  if (link.access === 'locked') return 'locked';
  if (link.capturedMinor > 0) return 'partially_paid';
  return link.access;
}
