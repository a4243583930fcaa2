import 'server-only';
import type { Outcome } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import { type HeldNotification, listQuarantine } from '@/lib/gateway-notifications';
import { type Named, named } from '../_parts/named';

export type NoticesPage = Named<HeldNotification>;

/** A page of what was set aside, the newest first, with the names of its links. */
export async function readNotices(ctx: Ctx, query: object): Promise<Outcome<NoticesPage>> {
  return named(ctx, await listQuarantine(ctx, query), (one) => one.paymentLink);
}
