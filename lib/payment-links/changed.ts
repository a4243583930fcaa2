import * as z from 'zod';
import { isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import { readChosenForDesk } from '@/db/queries/link-desk';
import { findFitting } from '@/db/queries/link-search';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { listPaymentLinksInput } from '../contracts/link-lists';
import { parseInput } from '../parse';
import { executor } from '../transact';
import { type DeskLink, deskLinks } from './desk';
import { linkQuery, phonesIn } from './list';

const MOST = 100;
const input = listPaymentLinksInput.omit({ limit: true, cursor: true }).extend({
  ids: z
    .string()
    .transform((ids) => ids.split(','))
    .pipe(z.array(z.string().refine((id) => isId('paymentLink', id), 'must name payment links')).max(MOST)),
});

/** Links as they stand now, and which of them a list of this filter holds. */
export type ChangedLinks = { links: DeskLink[]; fitting: string[] };

/** Some links of a list by their ids, with commas, beside its filter; what is none of this merchant's is left out. */
export async function readChangedLinks(ctx: Ctx, raw: unknown): Promise<Outcome<ChangedLinks>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(input, raw, ['ids', ...phonesIn(raw)]);
  if (!parsed.ok) return parsed;
  const { ids, ...filters } = parsed.value;
  const [rows, query] = await Promise.all([
    readChosenForDesk(executor(ctx), ctx.merchantId, ids),
    linkQuery(ctx, filters),
  ]);
  const links = deskLinks(ctx, rows);
  const fitting = query ? await findFitting(executor(ctx), ctx.merchantId, ids, query) : [];
  return ok({ links, fitting });
}
