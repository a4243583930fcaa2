import { refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import type { UserRow } from '@/db/queries/merchants';
import { findSingleSignOn, hasIdentity } from '@/db/queries/single-sign-on';

/** What is said to whoever has proved with something else that it is them. */
export const USE_PROVIDER = refuse(
  'forbidden',
  'Your organisation signs in with single sign-on. Use that instead of a password.',
);

export const domainOf = (email: string): string => email.trim().toLowerCase().split('@').at(-1) ?? '';

/** True where a password or a passkey of ours is not enough: the merchant's people sign in at its provider. An owner always keeps a way in. */
export async function mustUseProvider(tx: Executor, user: UserRow): Promise<boolean> {
  if (user.role === 'owner') return false;
  const row = await findSingleSignOn(tx, user.merchantId);
  if (!row?.enabled || row.passwordAllowed) return false;
  return row.domains.includes(domainOf(user.email)) || hasIdentity(tx, row, user.id);
}

/** Whether this person can prove who they are at the provider. */
export async function canProveAtProvider(
  tx: Executor,
  { merchantId, id }: Pick<UserRow, 'merchantId' | 'id'>,
): Promise<boolean> {
  const row = await findSingleSignOn(tx, merchantId);
  return row?.enabled === true && hasIdentity(tx, row, id);
}
