import * as z from 'zod';
import { FORM_TICKS } from '@/core/form-progress';
import type { InApp } from '@/core/in-app';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { noteProgress } from '@/db/queries/session-progress';
import type { Ctx } from '../context';
import { parseReport } from '../parse';
import { executor } from '../transact';

const tick = z.enum(FORM_TICKS);
/** Words of ours alone: no value of a field can stand here. */
const progressInput = z.strictObject({
  fields: z.strictObject({ number: tick, expiry: tick, security_code: tick, name: tick }),
});

/**
 * The payer's page tells how far its form is, for the agent who waits. No event: it is of use only at this moment. Where no
 * session is open over the link nothing is noted.
 */
export async function recordProgress(
  ctx: Ctx,
  link: string,
  raw: unknown,
  inApp: InApp | null,
): Promise<Outcome<true>> {
  if (ctx.actor.kind !== 'payer') return refuse('forbidden', 'Only the pay page tells this.');
  const parsed = parseReport(progressInput, raw);
  if (!parsed.ok) return parsed;
  await noteProgress(executor(ctx), { merchantId: ctx.merchantId, link }, { ...parsed.value, inApp });
  return ok(true);
}
