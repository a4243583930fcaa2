import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import { actorId, type Ctx } from '@/lib/context';
import type { PaymentLink } from '@/lib/contracts/payment-links';
import { listPaymentLinks } from '@/lib/payment-links';

export type Board = { outstanding: PaymentLink[]; recent: PaymentLink[] };

const OUTSTANDING = ['active', 'processing', 'locked', 'partially_paid'] as const;
const RECENT = 10;

/** A member of staff's own links: what can still be paid, and what ended lately. */
export async function readBoard(ctx: Ctx): Promise<Outcome<Board>> {
  const agent = actorId(ctx.actor) ?? '';
  const [latest, ...open] = await Promise.all([
    listPaymentLinks(ctx, { agent, limit: 50 }),
    ...OUTSTANDING.map((status) => listPaymentLinks(ctx, { agent, status, limit: 100 })),
  ]);
  if (!latest.ok) return latest;
  const outstanding: PaymentLink[] = [];
  for (const page of open) {
    if (!page.ok) return page;
    outstanding.push(...page.value.data);
  }
  const stillOpen = new Set(outstanding.map((link) => link.id));
  const recent = latest.value.data.filter((link) => !stillOpen.has(link.id)).slice(0, RECENT);
  return ok({ outstanding: outstanding.sort((a, b) => (a.id < b.id ? 1 : -1)), recent });
}
