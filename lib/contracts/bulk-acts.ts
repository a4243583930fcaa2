import * as z from 'zod';
import { BULK_ACTS, BULK_LIMITS, type BulkActKind, type BulkState } from '@/core/bulk-act';
import { CHANNELS, type Channel } from '@/core/payment-link';
import { exportPaymentLinksInput } from './link-lists';

/** Which links an act is for: some that were chosen, or all that a filter of the list lets through. */
export const prepareBulkActInput = z.strictObject({
  act: z.enum(BULK_ACTS),
  links: z
    .array(z.string().max(64))
    .min(1)
    .max(BULK_LIMITS.chosen, { error: 'are too many to choose one by one: choose all that match' })
    .optional(),
  filter: exportPaymentLinksInput.optional(),
});

/** How it is done: by which channel links are sent, or why they are canceled. */
export const startBulkActInput = z.strictObject({
  channel: z.enum(CHANNELS).optional(),
  reason: z.string().trim().min(3).max(200).optional(),
});

/** `place` is that of the last one told. */
export const listLeftInput = z.strictObject({
  cursor: z
    .string()
    .regex(/^\d{1,6}$/, { error: 'is not one that this list gave' })
    .optional(),
});

/** What a person is asked to confirm: how many links, and what these ask for. */
export type PreparedBulkAct = {
  id: string;
  act: BulkActKind;
  links: number;
  /** To so many it can be done as they stand now; the others will be left. */
  doable: number;
  /** What these still ask for, of each currency; links without an amount are not in it. */
  asked: { currency: string; amountMinor: number; links: number }[];
};

/** How far an act is. */
export type BulkAct = {
  id: string;
  act: BulkActKind;
  state: BulkState;
  channel: Channel | null;
  reason: string | null;
  links: number;
  done: number;
  left: number;
  /** Seconds until it begins, by the database's clock; null where it no longer waits. */
  startsInSeconds: number | null;
  createdBy: string;
  createdAt: string;
  endedAt: string | null;
};

/** A link that an act left as it was, and why. */
export type LeftLink = {
  paymentLink: string;
  amountMinor: number | null;
  currency: string;
  reference: string | null;
  customer: string | null;
  message: string;
};
