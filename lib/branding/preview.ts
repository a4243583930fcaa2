import { type Outcome, ok, refuse } from '@/core/outcome';
import { findMerchant } from '@/db/queries/merchants';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type Look, previewInput } from '../contracts/branding';
import { type PayPage, samplePage } from '../pay-page';
import { executor } from '../transact';

/** A page of no link in a look that is not saved: what cannot be shown yet is left out. Nothing is kept. */
export async function previewBranding(
  ctx: Ctx,
  raw: unknown,
  now: Date,
): Promise<Outcome<{ page: PayPage; look: Look }>> {
  const allowed = authorize(ctx, 'branding:write');
  if (!allowed.ok) return allowed;
  const merchant = await findMerchant(executor(ctx), ctx.merchantId);
  if (!merchant) return refuse('not_found', 'There is no such merchant.');
  const { state, ...draft } = previewInput.parse(raw);
  const look = { ...draft, name: draft.name ?? merchant.name };
  return ok({ page: samplePage(ctx.config, { ...merchant, name: look.name }, state, now), look });
}
