import 'server-only';
import type { Outcome } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import type { LedgerEntry } from '@/lib/contracts/ledger';
import { listLedger } from '@/lib/ledger';
import { type Named, named } from '../_parts/named';

export type LedgerPage = Named<LedgerEntry>;

/** A page of the ledger with the names of its links. */
export const readLedger = async (ctx: Ctx, query: object): Promise<Outcome<LedgerPage>> =>
  named(ctx, await listLedger(ctx, query), (entry) => entry.paymentLink);
