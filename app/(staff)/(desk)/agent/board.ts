import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import { actorId, type Ctx } from '@/lib/context';
import { type DeskLink, listDeskLinks } from '@/lib/payment-links';

export type Board = { outstanding: DeskLink[]; recent: DeskLink[] };

const OUTSTANDING = ['active', 'processing', 'locked', 'partially_paid'] as const;
const RECENT = 10;

/** A member of staff's own links: what can still be paid, and what ended lately. */
export async function readBoard(ctx: Ctx): Promise<Outcome<Board>> {
  const agent = actorId(ctx.actor) ?? '';
  const [latest, ...open] = await Promise.all([
    listDeskLinks(ctx, { agent, limit: 50 }),
    ...OUTSTANDING.map((status) => listDeskLinks(ctx, { agent, status, limit: 100 })),
  ]);
  if (!latest.ok) return latest;
  const outstanding: DeskLink[] = [];
  for (const page of open) {
    if (!page.ok) return page;
    outstanding.push(...page.value.data);
  }
  const stillOpen = new Set(outstanding.map((link) => link.id));
  const recent = latest.value.data.filter((link) => !stillOpen.has(link.id)).slice(0, RECENT);
  return ok({ outstanding: outstanding.sort((a, b) => (a.id < b.id ? 1 : -1)), recent });
}
