import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import type { LinkRequest } from '@/lib/contracts/link-requests';
import type { Page } from '@/lib/contracts/payment-links';
import { listLinkRequests } from '@/lib/link-requests';
import { listProfileSettings, type ProfileSettings } from '@/lib/payment-profiles';

/** `profiles` is null for those who may not see them. */
export type RequestsPage = Page<LinkRequest> & { profiles: ProfileSettings[] | null };

/** A page of wishes for a new link that wait for staff, oldest first, and what each profile does with such a wish. */
export async function readRequests(ctx: Ctx, query: object): Promise<Outcome<RequestsPage>> {
  const page = await listLinkRequests(ctx, query);
  if (!page.ok) return page;
  const profiles = await listProfileSettings(ctx);
  if (!profiles.ok && profiles.error.code !== 'forbidden') return profiles;
  return ok({ ...page.value, profiles: profiles.ok ? profiles.value : null });
}
