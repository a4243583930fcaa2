import { LOOKUP_PATIENCE_MS } from '@/core/crm';
import { isPayable } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { type FormLookupRow, findFormLookup } from '@/db/queries/form-lookups';
import type { PaymentLinkRow } from '@/db/queries/payment-links';

/**
 * How it stands with the details that a payer's press of Continue brings from the merchant's system. `offered`: nobody has
 * asked yet; `under_way`; `failed`: nothing usable came.
 */
export type Details = 'offered' | 'under_way' | 'failed';

/** Somebody waits for the answer. One that takes longer counts as lost, so that no details turn up under a card form. */
export const isUnderWay = ({ lookedUpAt, lookupOutcome, now }: PaymentLinkRow): boolean =>
  lookedUpAt !== null && lookupOutcome === null && now.getTime() - lookedUpAt.getTime() < LOOKUP_PATIENCE_MS;

/** How it stands with the details of a link; null where there is nothing to ask and nothing to say. `lookup`: of its profile. */
export function detailsOf(link: PaymentLinkRow, lookup: FormLookupRow | null): Details | null {
  if (!isPayable(link)) return null;
  if (link.lookedUpAt === null) return lookup && fills(lookup, link) ? 'offered' : null;
  if (isUnderWay(link)) return 'under_way';
  return link.lookupOutcome === 'found' ? null : 'failed';
}

/** Whether a payer's press asks this lookup: it is on, the link can be paid, and there is something to fill. */
function fills({ enabled, payerAsks }: FormLookupRow, link: PaymentLinkRow): boolean {
  const { reference, lookedUpAt } = link;
  const isWhole = link.description !== null && link.customerName !== null && link.lineItems !== null;
  return enabled && payerAsks && reference !== null && lookedUpAt === null && !isWhole && isPayable(link);
}

/** The lookup that a payer's press asks for a link that can be paid; undefined where there is none, or nothing to fill. */
export async function lookupFor(tx: Executor, link: PaymentLinkRow): Promise<FormLookupRow | undefined> {
  const row = await findFormLookup(tx, link);
  return row && fills(row, link) ? row : undefined;
}
