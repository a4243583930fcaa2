import * as z from 'zod';
import type { PageCheckResult } from '@/core/page-check';
import { DECISIONS } from '@/core/payment-attempt';
import { ALERT_KINDS, type AlertKind, type BalanceGap } from '@/core/reconciliation';
import { pageInput, paging } from './common';
import { plain } from './text';

const day = z.iso.date();

/** Why a person decides as they do, for those who read it later: it is kept with the act in the audit log. */
const reason = plain(500);

/** Filters are joined by "and"; `from` and `to` are days, `to` not included. */
export const listBalanceReportsInput = z.strictObject({
  ...paging,
  profile: z.string().max(64).optional(),
  from: day.optional(),
  to: day.optional(),
  withGaps: z.boolean().optional(),
});
export const requestBalanceInput = z.strictObject({ profile: z.string().max(64), day });
export const listUnknownInput = pageInput;
/** Alerts, notices and link requests: the cursor names the last one of the page before. */
export const listWaitingInput = z.strictObject({ ...paging, cursor: z.string().max(300).optional() });
export const settleAlertInput = z.strictObject({
  kind: z.enum(ALERT_KINDS),
  subject: z.string().min(1).max(200),
  reason,
});
export const moveBreakerInput = z.strictObject({ reason });

/**
 * What a person found out about a payment that the gateway does not tell of. `gatewayReference`: what it is called there,
 * needed where it was charged. `gatewayWord`: who at the gateway wrote that nothing was charged, and when; needed where the
 * gateway cannot be told to refuse the payment for good.
 */
export const decideAttemptInput = z
  .strictObject({
    decision: z.enum(DECISIONS),
    reason,
    gatewayReference: plain(120).optional(),
    gatewayWord: plain(500).optional(),
  })
  .refine((input) => input.decision === 'not_charged' || input.gatewayReference !== undefined, {
    path: ['gatewayReference'],
    message: 'is needed: the gateway’s own reference of the payment',
  });

const notification = { profile: z.string().max(64), id: z.string().min(1).max(200) };
export const ignoreNotificationInput = z.strictObject({ ...notification, reason });
export const reapplyNotificationInput = z.strictObject({ ...notification, reason: reason.optional() });

/** One day (UTC), profile and currency. The three sums are net, and agree where there is no gap. */
export type BalanceReport = {
  id: string;
  object: 'balance_report';
  profile: string;
  day: string;
  currency: string;
  gatewayMinor: number;
  ledgerMinor: number;
  eventsMinor: number;
  gapCount: number;
  madeAt: string;
};

/** An attempt or a refund of which nobody knows the outcome, with all that is known. */
export type Unknown = {
  id: string;
  object: 'payment_attempt' | 'refund';
  paymentLink: string;
  paymentAttempt: string;
  state: string;
  amountMinor: number;
  currency: string;
  /** When it was sent, and how long ago that was. */
  since: string;
  ageSeconds: number;
  /** Since when an operator is asked to look; null while the gateway is still read by itself. */
  operatorSince: string | null;
  reads: number;
  lastReadAt: string | null;
  /** When the gateway is asked next; in the past while it is being asked. Null: within a minute. */
  nextReadAt: string | null;
  card: { brand: string; last4: string; expMonth: number; expYear: number } | null;
  gatewayReference: string | null;
  reason: string | null;
};

/** A gap, with the payment link that it is about where it is one of this merchant's. */
export type LocatedGap = BalanceGap & { paymentLink: string | null };

/**
 * A balance that was asked for or is due and has not ended. `day` is null where it is the next night's; `seconds` is how
 * long it has been running, null while it is not.
 */
export type BalanceRun = {
  profile: string;
  day: string | null;
  state: 'waiting' | 'running' | 'failing';
  seconds: number | null;
};

/** How much waits for a person, each counted up to `COUNTED_TO`. */
export type Needs = {
  /** Outcomes that are unknown, and those of them that were not known within two minutes. */
  unknown: number;
  unknownLong: number;
  notices: number;
  /** Days of a profile with a difference that nobody has dealt with. */
  differences: number;
  alerts: number;
  requests: number;
};

/** Whether new payments on the web are paused for suspicion of card testing, and what the last ten minutes brought. */
export type Breaker = {
  object: 'breaker';
  state: 'open' | 'closed';
  /** When payments are taken again; null where they are taken. */
  until: string | null;
  /** Tries on the web within ten minutes that count towards it, and how many of them were declined. */
  tries: number;
  declined: number;
  /** The same within a day, since the alert of a slow test was last put away; the newest thousand. */
  day: { tries: number; declined: number };
};

/** A look at the payer's page in a real browser. `findings`: what differs from the signed page, or why nobody could look. */
export type PageCheck = {
  object: 'page_check';
  result: PageCheckResult;
  findings: string[];
  lookedAt: string;
};

export type Alert = {
  kind: AlertKind;
  object: 'alert';
  subject: string;
  message: string;
  paymentLink: string | null;
  raisedAt: string;
};
