import * as z from 'zod';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { dropApp, dropPasskeys, dropRecoveryCodes } from '@/db/queries/second-factors';
import { authorizeVerified } from '../../authorize';
import { actorId, type Ctx } from '../../context';
import { audit } from '../../events/audit';
import { parseReport } from '../../parse';
import { queueStaffLetter } from '../../staff-letters/queue';
import { endAccess } from '../end-access';
import { onOwner } from './internal';

const resetInput = z.strictObject({
  user: z.string().refine((id) => isId('user', id), 'must be an id of a user'),
});

/**
 * Takes away the second factors of somebody who has lost them, and whatever they have open: they sign in with their password
 * and, where one is required, set up a new one. Nobody does it for themselves.
 */
export async function resetFactors(ctx: Ctx, raw: unknown): Promise<Outcome<true>> {
  const allowed = authorizeVerified(ctx, 'factors:reset');
  if (!allowed.ok) return allowed;
  const parsed = parseReport(resetInput, raw);
  if (!parsed.ok) return parsed;
  const owner = { merchantId: ctx.merchantId, id: parsed.value.user };
  if (owner.id === actorId(ctx.actor))
    return refuse(
      'conflict',
      'Your own second factors are yours to change, on the page Security of your account.',
    );
  return onOwner(ctx, owner, async (tx) => {
    await dropApp(tx, owner);
    await dropPasskeys(tx, owner);
    await dropRecoveryCodes(tx, owner);
    await endAccess(tx, owner);
    await audit(ctx, tx, 'second_factor.reset', owner.id);
    await queueStaffLetter(ctx, tx, owner.id, 'factors_reset');
    return ok(true);
  });
}
