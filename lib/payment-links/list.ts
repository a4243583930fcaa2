import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { listProfiles } from '@/db/queries/merchants';
import { findNewestTokens, listPaymentLinks as listRows } from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { listPaymentLinksInput, type Page, type PaymentLink } from '../contracts/payment-links';
import { parseInput } from '../parse';
import { executor } from '../transact';
import { paymentLinkView } from './view';

/** A page of this merchant's links, newest first. The cursor is the last link's id; a page costs the same at any depth. */
export async function listPaymentLinks(ctx: Ctx, raw: unknown): Promise<Outcome<Page<PaymentLink>>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listPaymentLinksInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor, agent, profile, ...filter } = parsed.value;
  if (cursor !== undefined && !isId('paymentLink', cursor))
    return refuse('invalid', 'cursor: is not one that this list gave', {
      errors: [{ path: 'cursor', message: 'is not one that this list gave' }],
    });
  const tx = executor(ctx);
  const profileId = profile && (await profileIdOf(ctx, profile));
  if (profile && !profileId) return ok({ data: [], nextCursor: null });
  const rows = await listRows(
    tx,
    ctx.merchantId,
    { ...filter, before: cursor, createdBy: agent, profileId },
    limit + 1,
  );
  const page = rows.slice(0, limit);
  const tokens = await findNewestTokens(
    tx,
    ctx.merchantId,
    page.map((row) => row.id),
  );
  const tokenOf = new Map(tokens.map((token) => [token.paymentLinkId, token]));
  const data = page.flatMap((row) => {
    const token = tokenOf.get(row.id);
    return token ? [paymentLinkView(ctx.config, row, token)] : [];
  });
  return ok({ data, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null });
}

async function profileIdOf(ctx: Ctx, wanted: string): Promise<string | undefined> {
  const profiles = await listProfiles(executor(ctx), ctx.merchantId);
  return profiles.find((one) => one.id === wanted || one.name === wanted)?.id;
}
