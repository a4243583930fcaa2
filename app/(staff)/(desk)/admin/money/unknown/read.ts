import 'server-only';
import type { Outcome } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import type { Unknown } from '@/lib/contracts/reconciliation';
import { listUnknown } from '@/lib/reconciliation';
import { type Named, named } from '../_parts/named';

export type UnknownPage = Named<Unknown>;

/** A page of what nobody knows the outcome of, with the names of its links. */
export const readUnknown = async (ctx: Ctx, query: object): Promise<Outcome<UnknownPage>> =>
  named(ctx, await listUnknown(ctx, query), (one) => one.paymentLink);
