import type * as z from 'zod';
import { isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import { listProfiles } from '@/db/queries/merchants';
import { findNewestTokens, type LinkFilter, listPaymentLinks as listRows } from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { listPaymentLinksInput, type Page, type PaymentLink } from '../contracts/payment-links';
import { cutPage } from '../page';
import { parseInput, refuseCursor } from '../parse';
import { executor } from '../transact';
import { paymentLinkView } from './view';

const MOST_DIGITS_OF_A_PHONE = 13;

/** Filters that hold a phone number, which a short card number could be too. */
export const phonesIn = (raw: unknown): string[] =>
  Object.entries(raw ?? {}).flatMap(([name, value]) =>
    (name === 'q' || name === 'customer') && String(value).replace(/\D/g, '').length <= MOST_DIGITS_OF_A_PHONE
      ? [name]
      : [],
  );

/** A page of this merchant's links, newest first. The cursor is the last link's id; a page costs the same at any depth. */
export async function listPaymentLinks(ctx: Ctx, raw: unknown): Promise<Outcome<Page<PaymentLink>>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listPaymentLinksInput, raw, phonesIn(raw));
  if (!parsed.ok) return parsed;
  const { limit, cursor, ...filter } = parsed.value;
  if (cursor !== undefined && !isId('paymentLink', cursor)) return refuseCursor();
  const wanted = await linkFilter(ctx, filter);
  return ok(wanted ? await pageOfLinks(ctx, { ...wanted, before: cursor }, limit) : NO_LINKS);
}

const NO_LINKS: Page<PaymentLink> = { data: [], nextCursor: null };

type Filters = Omit<z.output<typeof listPaymentLinksInput>, 'limit' | 'cursor'>;

/** What was asked for as the database is asked; null where no link can be meant. */
export async function linkFilter(
  ctx: Ctx,
  { agent, profile, batch, ...rest }: Filters,
): Promise<LinkFilter | null> {
  if (batch !== undefined && !isId('paymentLinkBatch', batch)) return null;
  const profileId = profile && (await profileIdOf(ctx, profile));
  if (profile && !profileId) return null;
  return { ...rest, createdBy: agent, profileId, batch };
}

export async function pageOfLinks(ctx: Ctx, filter: LinkFilter, limit: number): Promise<Page<PaymentLink>> {
  const tx = executor(ctx);
  const rows = await listRows(tx, ctx.merchantId, filter, limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, ({ id }) => id);
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
  return { data, nextCursor };
}

async function profileIdOf(ctx: Ctx, wanted: string): Promise<string | undefined> {
  const profiles = await listProfiles(executor(ctx), ctx.merchantId);
  return profiles.find((one) => one.id === wanted || one.name === wanted)?.id;
}
