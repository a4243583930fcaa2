import * as z from 'zod';
import { LEDGER_KINDS } from '@/core/ledger';
import { instant, minor, paging, time } from './common';

/**
 * GET /ledger. Entries from `from` on, and before `to`: half-open, so that days join without a gap or an overlap. Filters
 * are joined by "and".
 */
export const listLedgerInput = z
  .strictObject({
    from: instant.optional(),
    to: instant.optional(),
    kind: z.enum(LEDGER_KINDS).optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: 'must be three capital letters, like GBP' })
      .optional(),
    paymentLink: z.string().max(64).optional(),
    order: z.enum(['oldest', 'newest']).default('oldest'),
    ...paging,
  })
  .refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: 'must be later than from' });
export type ListLedgerInput = z.input<typeof listLedgerInput>;

/** Money that moved. `amountMinor` is positive; the kind says which way it went (an adjustment carries its sign). */
export const ledgerEntry = z.strictObject({
  id: z.string(),
  object: z.literal('ledger_entry'),
  kind: z.enum(LEDGER_KINDS),
  amountMinor: minor,
  currency: z.string(),
  paymentLink: z.string(),
  paymentAttempt: z.string(),
  refund: z.string().nullable(),
  dispute: z.string().nullable(),
  late: z
    .boolean()
    .meta({ description: 'It came after the link was canceled, or after its end and the grace.' }),
  at: time,
});
export type LedgerEntry = z.output<typeof ledgerEntry>;
