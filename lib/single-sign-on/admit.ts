import type { Role } from '@/core/permissions';
import type { Executor } from '@/db/client';
import { insertUser } from '@/db/queries/installation';
import { findUserByEmail, findUserCalled, type UserRow } from '@/db/queries/merchants';
import {
  findIdentityUser,
  hasIdentity,
  insertIdentity,
  lockPasswordOwners,
  type SingleSignOnRow,
} from '@/db/queries/single-sign-on';
import { changeUser, joinUser } from '@/db/queries/team';
import { actOf, type From } from '../auth/open-session';
import type { Services } from '../context';
import type { Reason } from '../contracts/single-sign-on';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { type Claims, nameFrom, provesSecondFactor, roleFrom, verifiedEmail } from './claims';

/** Who comes in and as what, or why not. Without a user, one is to be made; without a link, to be joined by this e-mail. */
export type Verdict =
  | { reason: Reason }
  | { reason: null; role: Role; user: UserRow | null; isLinked: boolean; email: string };

/**
 * Judges what a provider says. Only people of its own merchant are ever found by it: by the subject, or the first time by an
 * e-mail that is verified, of a domain of the merchant's, of an account that this provider does not know as somebody else.
 */
export async function judge(tx: Executor, row: SingleSignOnRow, claims: Claims): Promise<Verdict> {
  const role = roleFrom(row, claims);
  if (!role) return { reason: 'no_role' };
  if (row.needsSecondFactor && !provesSecondFactor(claims)) return { reason: 'no_second_factor' };
  const linked = await findIdentityUser(tx, row, claims.sub);
  if (linked)
    return linked.disabledAt
      ? { reason: 'no_account' }
      : { reason: null, role, user: linked, isLinked: true, email: linked.email };
  const email = verifiedEmail(claims, row.domains);
  if (!email) return { reason: 'no_email' };
  // Who is only invited has no address yet: it may be somebody else's, of another merchant.
  const user = (await findUserByEmail(tx, email)) ?? (await findUserCalled(tx, row.merchantId, email));
  if (!user)
    return row.createsPeople
      ? { reason: null, role, user: null, isLinked: false, email }
      : { reason: 'no_account' };
  const isTaken =
    user.merchantId !== row.merchantId || user.disabledAt || (await hasIdentity(tx, row, user.id));
  return isTaken ? { reason: 'no_account' } : { reason: null, role, user, isLinked: false, email };
}

type Admitted = Verdict & { reason: null };

/** Makes the account where there is none, joins it to the subject, and gives it the role of today. */
export async function admit(
  services: Services,
  tx: Executor,
  row: SingleSignOnRow,
  { role, user: known, isLinked, email }: Admitted,
  claims: Claims,
  from: From,
): Promise<UserRow> {
  const user =
    known ?? (await makeUser(services, tx, row, { role, email, name: nameFrom(claims, email) }, from));
  const { merchantId, id } = user;
  if (!user.joinedAt && !(await joinUser(tx, { merchantId, id, email })))
    throw new Error('somebody else has this address meanwhile');
  if (!isLinked) {
    await insertIdentity(tx, { merchantId, issuer: row.issuer, subject: claims.sub, userId: id });
    await audit(actOf(services, user, from, 'system'), tx, 'user.join_provider', id, { issuer: row.issuer });
  }
  if (user.role === role || (await isLastOwner(tx, user))) return user;
  await changeUser(tx, user, { role });
  const change = { role: { from: user.role, to: role }, by: 'single_sign_on' };
  await audit(actOf(services, user, from, 'system'), tx, 'user.change_role', id, change);
  return { ...user, role };
}

/** The last owner with a password stays one, whatever the provider says: somebody must always have a way in. */
async function isLastOwner(tx: Executor, { merchantId, id, role }: UserRow): Promise<boolean> {
  if (role !== 'owner') return false;
  const owners = await lockPasswordOwners(tx, merchantId);
  return !owners.some((one) => one !== id);
}

async function makeUser(
  services: Services,
  tx: Executor,
  { merchantId }: SingleSignOnRow,
  { role, email, name }: Pick<UserRow, 'role' | 'email' | 'name'>,
  from: From,
): Promise<UserRow> {
  await insertUser(tx, { merchantId, id: newId('user'), email, name, role });
  const user = await findUserByEmail(tx, email);
  if (!user) throw new Error('the user that was made is not there');
  await audit(actOf(services, user, from, 'system'), tx, 'user.create', user.id, {
    role,
    by: 'single_sign_on',
  });
  return user;
}
