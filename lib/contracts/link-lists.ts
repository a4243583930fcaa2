import * as z from 'zod';
import { BULK_LIMITS } from '@/core/bulk-act';
import { isCurrency, MAX_AMOUNT_MINOR } from '@/core/money';
import { AMOUNT_TYPES, CHANNELS, LINK_SORTS, LINK_STATUSES, type LinkSort } from '@/core/payment-link';
import { createdBetween, instant, paging, wholeNumber } from './common';

const WITH_SORT = (sort: LinkSort) => ({ description: `Goes with \`sort=${sort}\`.` });

const WITH_CURRENCY = { description: 'Goes with `currency`, and not with `sort=paid`.' };

/** GET /payment-links. Filters are joined by "and". */
export const listPaymentLinksInput = z.strictObject({
  ...paging,
  status: z.enum(LINK_STATUSES).optional(),
  amountType: z.enum(AMOUNT_TYPES).optional(),
  reference: z.string().max(64).optional(),
  customer: z.string().max(254).optional(),
  agent: z.string().max(64).optional(),
  profile: z.string().max(64).optional(),
  batch: z.string().max(64).optional(),
  channel: z
    .enum([...CHANNELS, 'none'])
    .optional()
    .meta({ description: 'How it was sent when it was issued; `none`: not at all.' }),
  currency: z
    .string()
    .refine(isCurrency, { error: 'must be an ISO 4217 currency in use, like GBP' })
    .optional(),
  minAmountMinor: wholeNumber(1, MAX_AMOUNT_MINOR).optional().meta(WITH_CURRENCY),
  maxAmountMinor: wholeNumber(1, MAX_AMOUNT_MINOR).optional().meta(WITH_CURRENCY),
  ...createdBetween,
  expiresFrom: instant.optional().meta(WITH_SORT('expiring')),
  expiresBefore: instant.optional().meta({ description: 'Ends before this instant.' }),
  paidFrom: instant.optional().meta(WITH_SORT('paid')),
  paidTo: instant.optional().meta(WITH_SORT('paid')),
  q: z.string().trim().min(1).max(100).optional().meta({
    description:
      'Part of the reference, description, name, e-mail address or phone number; the number of a receipt, the amount, or the last four digits of a card.',
  }),
  sort: z.enum(LINK_SORTS).default('newest').meta({
    description:
      '`expiring`: those that can still be paid, the first to end first. `amount`: the largest first, of one `currency` and one `status`. `paid`: the last to be paid first. With `amount` and `paid` go no `agent`, `profile`, `channel`, `batch`, `reference`, `customer` and `amountType`.',
  }),
});
/** GET /exports/payment-links.csv: the filters of the list. */
export const exportPaymentLinksInput = listPaymentLinksInput.omit({ limit: true, cursor: true });
export type ListPaymentLinksInput = z.input<typeof listPaymentLinksInput>;

/** The ids of links that were chosen one by one, with commas between. */
export const exportChosenInput = z.strictObject({ links: z.string().max(64 * BULK_LIMITS.chosen) });
