import * as z from 'zod';
import { type Outcome, ok } from '@/core/outcome';
import { readLinkMarks } from '@/db/queries/live';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { LinkChanges, type LinkNews, watchLinkMarks } from '../live';
import { parseInput } from '../parse';
import { executor } from '../transact';
import { loadLink } from './internal';

const input = z.strictObject({ link: z.string().max(64).optional() });

export type LinkWatch = {
  /** What has changed since it was last told, for who still may see it. */
  take: (ctx: Ctx) => Outcome<LinkNews>;
  /** Calls back when there is something to take; gives how to end that. */
  watch: (onChange: () => void) => () => void;
};

/** The links of this merchant that change from now on, or one of them, with the least of what is to be known of each: its id. */
export async function watchPaymentLinks(ctx: Ctx, raw: unknown): Promise<Outcome<LinkWatch>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(input, raw, ['link']);
  if (!parsed.ok) return parsed;
  const { link = null } = parsed.value;
  const found = link === null ? ok(null) : await loadLink(ctx, executor(ctx), link, 'read');
  if (!found.ok) return found;
  const key = { merchantId: ctx.merchantId, link };
  const [first] = await readLinkMarks(executor(ctx), [key]);
  const changes = new LinkChanges(first?.mark ?? '{}');
  return ok({
    take: (now) => {
      const still = authorize(now, 'payment_links:read');
      return still.ok ? ok(changes.take()) : still;
    },
    watch: (onChange) => watchLinkMarks(ctx, key, (mark) => changes.see(mark) && onChange()),
  });
}
