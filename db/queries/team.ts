import { and, asc, desc, eq, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Role, UserState } from '@/core/permissions';
import type { Executor } from '../client';
import { passwordLinks as l, merchants, sessions as s, users as u } from '../schema';
import type { UserRow } from './merchants';

type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) => and(eq(u.merchantId, merchantId), eq(u.id, id));

/** Of changes to the users of a merchant, one is made at a time: held to the end of the transaction. */
export async function lockTeam(tx: Executor, merchantId: number): Promise<void> {
  await tx
    .select({ id: merchants.id })
    .from(merchants)
    .where(eq(merchants.id, merchantId))
    .for('no key update');
}

export async function findUser(tx: Executor, key: Key): Promise<UserRow | undefined> {
  return (await tx.select().from(u).where(keyed(key)))[0];
}

export type TeamFilter = {
  text?: string | undefined;
  role?: Role | undefined;
  state?: UserState | undefined;
};

const IS: Record<UserState, SQL | undefined> = {
  invited: isNull(u.joinedAt),
  active: and(isNotNull(u.joinedAt), isNull(u.disabledAt)),
  disabled: isNotNull(u.disabledAt),
};

/** The users of a merchant by name, `limit` at the most, each with when they were last seen and the newest link to join by. */
export async function listTeam(
  tx: Executor,
  merchantId: number,
  { text, role, state }: TeamFilter,
  limit: number,
) {
  const seen = tx
    .select({ at: s.lastSeenAt })
    .from(s)
    .where(and(eq(s.merchantId, u.merchantId), eq(s.userId, u.id)))
    .orderBy(desc(s.lastSeenAt))
    .limit(1)
    .as('seen');
  const invitation = tx
    .select({ expiresAt: l.expiresAt, sentAt: l.sentAt, failure: l.failure })
    .from(l)
    .where(and(eq(l.merchantId, u.merchantId), eq(l.userId, u.id), isNull(u.joinedAt), isNull(l.usedAt)))
    .orderBy(desc(l.createdAt))
    .limit(1)
    .as('invitation');
  const wanted = text?.toLowerCase();
  const named = wanted && sql`strpos(lower(${u.name} || ' ' || ${u.email}), ${wanted}) > 0`;
  return tx
    .select({
      user: u,
      lastSeenAt: seen.at,
      invitation: { expiresAt: invitation.expiresAt, sentAt: invitation.sentAt, failure: invitation.failure },
      isOver: sql<boolean | null>`${invitation.expiresAt} <= cf_now()`,
    })
    .from(u)
    .leftJoinLateral(seen, sql`true`)
    .leftJoinLateral(invitation, sql`true`)
    .where(
      and(
        eq(u.merchantId, merchantId),
        role && eq(u.role, role),
        state && IS[state],
        named ? named : undefined,
      ),
    )
    .orderBy(asc(sql`lower(${u.name})`), asc(u.id))
    .limit(limit);
}
export type TeamRow = Awaited<ReturnType<typeof listTeam>>[number];

type NewUser = Pick<UserRow, 'merchantId' | 'id' | 'email' | 'name' | 'role'>;
/** False where this merchant has somebody with that address. */
export async function insertInvited(tx: Executor, values: NewUser): Promise<boolean> {
  const rows = await tx
    .insert(u)
    .values({ ...values, joinedAt: null })
    .onConflictDoNothing()
    .returning({ id: u.id });
  return rows.length > 0;
}

/** Deletes somebody who has not joined; false where they have. */
export async function deleteInvited(tx: Executor, key: Key): Promise<boolean> {
  await tx.delete(l).where(and(eq(l.merchantId, key.merchantId), eq(l.userId, key.id)));
  const rows = await tx
    .delete(u)
    .where(and(keyed(key), isNull(u.joinedAt)))
    .returning({ id: u.id });
  return rows.length > 0;
}

/** Notes that an invited person has joined; false where somebody else of this installation has their address. */
export async function joinUser(tx: Executor, { merchantId, id, email }: Key & { email: string }) {
  const others = tx
    .select({ id: u.id })
    .from(u)
    .where(and(sql`lower(${u.email}) = lower(${email})`, isNotNull(u.joinedAt), ne(u.id, id)));
  if ((await others).length > 0) return false;
  await tx.update(u).set({ joinedAt: sql`cf_now()` }).where(keyed({ merchantId, id }));
  return true;
}

type UserChange = Partial<Pick<UserRow, 'role' | 'buttonEnabled' | 'timeZone' | 'listLook'>>;
export async function changeUser(tx: Executor, key: Key, to: UserChange): Promise<void> {
  await tx.update(u).set(to).where(keyed(key));
}

export async function setDisabled(tx: Executor, key: Key, disabled: boolean): Promise<void> {
  await tx
    .update(u)
    .set({ disabledAt: disabled ? sql`cf_now()` : null })
    .where(keyed(key));
}
