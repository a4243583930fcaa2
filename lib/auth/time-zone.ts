import * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { changeUser } from '@/db/queries/team';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { timeZone } from '../contracts/payment-links';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { transact } from '../transact';

const saveInput = z.strictObject({ timeZone: timeZone.nullable() });

/** In which zone times are shown to this person; null: in the merchant's. */
export async function saveTimeZone(ctx: Ctx, raw: unknown): Promise<Outcome<true>> {
  const allowed = authorize(ctx, 'account:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(saveInput, raw);
  if (!parsed.ok) return parsed;
  const { actor, merchantId } = ctx;
  if (actor.kind !== 'user') return refuse('forbidden', 'Only a person has an account.');
  return transact(ctx, async (tx) => {
    await changeUser(tx, { merchantId, id: actor.id }, parsed.value);
    await audit(ctx, tx, 'user.set_time_zone', actor.id, parsed.value);
    return ok(true);
  });
}
