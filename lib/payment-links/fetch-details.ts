import { type Outcome, ok, refuse } from '@/core/outcome';
import { isPayable } from '@/core/payment-link';
import type { FormLookupRow } from '@/db/queries/form-lookups';
import { beginLookup, endLookup, type LinkChange, type PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import type { LookupResult, Proposals } from '../contracts/form-lookups';
import { lineItemsFault } from '../contracts/payment-links';
import { askAndLog } from '../form-lookups/look-up';
import { fits } from '../form-lookups/propose';
import { transact } from '../transact';
import { isUnderWay, lookupFor } from './details';
import { loadLink } from './internal';
import { writeChange } from './update';

/**
 * The payer has pressed Continue: asks the merchant's system for the details of the link, once in the link's life, and fills
 * what the link leaves out. Of ten presses at once one asks and nine are refused. How it ended is kept with the link.
 */
export async function fetchDetails(ctx: Ctx, id: string): Promise<Outcome<true>> {
  const begun = await begin(ctx, id);
  if (!begun.ok) return begun;
  const { reference, lookup } = begun.value;
  const { result } = await askAndLog(ctx, lookup, { subject: { reference }, occasion: 'payer' });
  return end(ctx, id, result);
}

type Begun = { reference: string; lookup: FormLookupRow };

/** Takes the link's one lookup, before anything is sent. */
const begin = (ctx: Ctx, id: string): Promise<Outcome<Begun>> =>
  transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link } = found.value;
    const lookup = await lookupFor(tx, link);
    const isMine = lookup && (await beginLookup(tx, { merchantId: ctx.merchantId, id }));
    return isMine && link.reference !== null
      ? ok({ reference: link.reference, lookup })
      : refuse('conflict', 'There are no details to be fetched for this link now.');
  });

/** Writes what came of it. A link that was paid, ended or waited for too long meanwhile stays as its payer read it. */
const end = (ctx: Ctx, id: string, { outcome, proposals }: LookupResult): Promise<Outcome<true>> =>
  transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link } = found.value;
    const inTime = isUnderWay(link);
    const change = inTime && isPayable(link) ? leftOut(link, proposals) : {};
    if (Object.keys(change).length === 0) {
      await endLookup(tx, { merchantId: ctx.merchantId, id }, inTime ? outcome : 'timeout');
      return ok(true);
    }
    const filled = { ...change, lookupOutcome: outcome };
    const written = await writeChange(
      ctx,
      tx,
      found.value,
      filled,
      'details fetched as the customer continued',
    );
    return written.ok ? ok(true) : written;
  });

/**
 * What a payer's press may fill: words, never what is there. No amount, and no address: whoever holds a link would choose
 * where the next one and the receipt go.
 */
function leftOut(link: PaymentLinkRow, proposals: Proposals): LinkChange {
  const { description, customer, lineItems } = proposals;
  const items = fits(proposals, link) && !lineItemsFault({ ...link, lineItems }) ? lineItems : undefined;
  return {
    ...(link.description === null && description !== undefined && { description }),
    ...(link.customerName === null && customer.name !== undefined && { customerName: customer.name }),
    ...(link.lineItems === null && items !== undefined && { lineItems: items }),
  };
}
