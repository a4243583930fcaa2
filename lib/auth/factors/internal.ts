import { type Outcome, ok, refuse } from '@/core/outcome';
import type { SecondFactor } from '@/core/second-factor';
import type { Executor } from '@/db/client';
import type { UserRow } from '@/db/queries/merchants';
import { countFactors, dropRecoveryCodes, lockUser, type Owner } from '@/db/queries/second-factors';
import { authorize, authorizeVerified } from '../../authorize';
import type { Ctx } from '../../context';
import { audit } from '../../events/audit';
import { queueStaffLetter } from '../../staff-letters/queue';
import { transact } from '../../transact';
import { needsFactor } from '../second-step';
import { makeRecoveryCodes } from './recovery';

/** Somebody who sets up their first second factor while their sign-in waits for it: notes that it was proved. */
export type First = (tx: Executor, factor: SecondFactor) => Promise<boolean>;

/** Whose factors an act is about: one's own, and only a person has any. */
export function ownerOf(ctx: Ctx, how: 'read' | 'change'): Outcome<Owner> {
  const allowed = (how === 'read' ? authorize : authorizeVerified)(ctx, 'account:write');
  if (!allowed.ok) return allowed;
  if (ctx.actor.kind !== 'user') return refuse('forbidden', 'Only people have second factors.');
  return ok({ merchantId: ctx.merchantId, id: ctx.actor.id });
}

/** One change at a time of what a person proves themselves with. */
export const onOwner = <T>(
  ctx: Ctx,
  owner: Owner,
  work: (tx: Executor, user: UserRow) => Promise<Outcome<T>>,
): Promise<Outcome<T>> =>
  transact(ctx, async (tx) => {
    const user = await lockUser(tx, owner);
    return user ? work(tx, user) : refuse('not_found', 'There is no such user any more.');
  });

export type Added = { recoveryCodes: string[] | null };

/** Notes a factor that was added and tells its person. With the first one come recovery codes, which are told this once. */
export async function noteAdded(
  ctx: Ctx,
  tx: Executor,
  owner: Owner,
  factor: 'authenticator_app' | 'passkey',
  more: { name?: string; first?: First | undefined },
): Promise<Outcome<Added>> {
  const { app, passkeys, recoveryCodes } = await countFactors(tx, owner);
  const isOnly = Number(app) + passkeys === 1;
  if (more.first && !(isOnly && (await more.first(tx, factor))))
    return refuse('conflict', 'There is a second factor already. Sign in again, with it.');
  const name = more.name === undefined ? {} : { name: more.name };
  await audit(ctx, tx, 'second_factor.add', owner.id, { factor, ...name });
  await queueStaffLetter(ctx, tx, owner.id, 'factor_added');
  return ok({ recoveryCodes: recoveryCodes === 0 ? await makeRecoveryCodes(tx, owner) : null });
}

/** Notes a factor that was removed. The last one stays where one is required; else the recovery codes go with it. */
export async function noteRemoved(
  ctx: Ctx,
  tx: Executor,
  owner: Owner,
  factor: 'authenticator_app' | 'passkey',
  name?: string,
): Promise<Outcome<true>> {
  const { app, passkeys } = await countFactors(tx, owner);
  if (!app && passkeys === 0) {
    if (needsFactor(ctx.config))
      return refuse('conflict', 'This is your only second factor. Add another one before you remove it.');
    await dropRecoveryCodes(tx, owner);
  }
  await audit(ctx, tx, 'second_factor.remove', owner.id, { factor, ...(name !== undefined && { name }) });
  await queueStaffLetter(ctx, tx, owner.id, 'factor_removed');
  return ok(true);
}
