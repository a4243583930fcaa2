import { and, count, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { isId } from '@/core/ids';
import type { Executor } from '../client';
import { gatewayAccounts, merchants, paymentProfiles, sessions, signInFailures, users } from '../schema';
import { builtOnce } from '../statement';
import type { GatewayAccountRow } from './gateway-accounts';

export type MerchantRow = typeof merchants.$inferSelect;
/** A profile with the account at a gateway that it uses now. */
export type ProfileRow = typeof paymentProfiles.$inferSelect & {
  gateway: GatewayAccountRow['gateway'];
  account: GatewayAccountRow;
};
export type UserRow = typeof users.$inferSelect;

export async function findMerchant(tx: Executor, id: number): Promise<MerchantRow | undefined> {
  return (await tx.select().from(merchants).where(eq(merchants.id, id)))[0];
}

/** The domains that merchants have, over all of them: each belongs to one. */
export async function listPayOrigins(tx: Executor): Promise<string[]> {
  const rows = await tx
    .select({ origin: merchants.payOrigin })
    .from(merchants)
    .where(isNotNull(merchants.payOrigin));
  return rows.flatMap(({ origin }) => origin ?? []);
}

/** False where another merchant has this domain. */
export async function setPayOrigin(tx: Executor, id: number, payOrigin: string | null): Promise<boolean> {
  const others = sql`not exists (select from ${merchants} m where m.pay_origin = ${payOrigin} and m.id <> ${id})`;
  const rows = await tx
    .update(merchants)
    .set({ payOrigin })
    .where(and(eq(merchants.id, id), others))
    .returning({ id: merchants.id });
  return rows.length > 0;
}

/** The merchant whose domain that is; null: of the portal's own address, where the installation has but one. */
export async function findMerchantAt(
  tx: Executor,
  payOrigin: string | null,
): Promise<MerchantRow | undefined> {
  const which = payOrigin === null ? undefined : eq(merchants.payOrigin, payOrigin);
  const some = await tx.select().from(merchants).where(which).limit(2);
  return some.length === 1 ? some[0] : undefined;
}

/** Every merchant of this installation. */
export async function listMerchantIds(tx: Executor): Promise<number[]> {
  return (await tx.select({ id: merchants.id }).from(merchants)).map(({ id }) => id);
}

const p = paymentProfiles;
const theDefaultFirst = [sql`${p.isDefault} desc`, p.name];

async function selectProfiles(tx: Executor, which: SQL | undefined): Promise<ProfileRow[]> {
  const g = gatewayAccounts;
  const rows = await tx
    .select({ profile: p, account: g })
    .from(p)
    .innerJoin(g, and(eq(g.merchantId, p.merchantId), eq(g.id, p.gatewayAccountId)))
    .where(which)
    .orderBy(...theDefaultFirst);
  return rows.map(({ profile, account }) => ({ ...profile, gateway: account.gateway, account }));
}

/** The profiles of a merchant that are switched on, the default first. */
export const listProfiles = (tx: Executor, merchantId: number): Promise<ProfileRow[]> =>
  selectProfiles(tx, and(eq(p.merchantId, merchantId), eq(p.enabled, true)));

/** All profiles of a merchant, switched off ones too, the default first. */
export const listAllProfiles = (tx: Executor, merchantId: number): Promise<ProfileRow[]> =>
  selectProfiles(tx, eq(p.merchantId, merchantId));

/** A profile, switched off or not: money that is out is followed to its end all the same. */
export const findProfile = async (
  tx: Executor,
  merchantId: number,
  id: string,
): Promise<ProfileRow | undefined> =>
  (await selectProfiles(tx, and(eq(p.merchantId, merchantId), eq(p.id, id))))[0];

const CHANGEABLE = [
  'name',
  'enabled',
  'captureAtOnce',
  'newLinkRule',
  'challenge',
  'buttonEnabled',
  'receiptMail',
  'postalAddress',
  'taxNumber',
  'moto',
  'remindAfterIssue',
  'remindBeforeExpiry',
  'quietHours',
] as const;
export type ProfileChange = Partial<Pick<ProfileRow, (typeof CHANGEABLE)[number]>>;

/** Compare-and-set: changes settings of a profile that still has them as they were read; undefined when they were changed meanwhile. */
export async function changeProfile(
  tx: Executor,
  before: ProfileRow,
  to: ProfileChange,
): Promise<ProfileRow | undefined> {
  const { merchantId, id } = before;
  const same = CHANGEABLE.map(
    (name) => sql`${p[name]} is not distinct from ${sql.param(before[name], p[name])}`,
  );
  const rows = await tx
    .update(p)
    .set(to)
    .where(and(eq(p.merchantId, merchantId), eq(p.id, id), ...same))
    .returning();
  return rows[0] && { ...before, ...rows[0] };
}

/** Says whether a profile is an account configuration for clients of another API, and under which id. */
export async function setCompatibility(
  tx: Executor,
  { merchantId, id }: Pick<ProfileRow, 'merchantId' | 'id'>,
  set: Pick<ProfileRow, 'vccCompatible' | 'vccConfigurationId'>,
): Promise<void> {
  await tx
    .update(p)
    .set(set)
    .where(and(eq(p.merchantId, merchantId), eq(p.id, id)));
}

/** A profile of whatever merchant: a gateway knows us by the profile's id alone. */
export const findAnyProfile = async (tx: Executor, id: string): Promise<ProfileRow | undefined> =>
  (await selectProfiles(tx, eq(p.id, id)))[0];

/** Whose address that is, over all merchants: one user at the most, since who is only invited has not joined. */
export async function findUserByEmail(tx: Executor, email: string): Promise<UserRow | undefined> {
  const is = sql`lower(${users.email}) = lower(${email})`;
  return (
    await tx
      .select()
      .from(users)
      .where(and(is, isNotNull(users.joinedAt)))
  )[0];
}

/** A user of this merchant by id or e-mail, disabled or not. */
export async function findUserCalled(
  tx: Executor,
  merchantId: number,
  text: string,
): Promise<UserRow | undefined> {
  const is = isId('user', text) ? eq(users.id, text) : sql`lower(${users.email}) = lower(${text})`;
  return (
    await tx
      .select()
      .from(users)
      .where(and(eq(users.merchantId, merchantId), is))
  )[0];
}

export async function insertSession(tx: Executor, values: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(values);
}

/** A live session with its user and merchant: not ended, user not disabled, inside both time limits. */
export const findLiveSession = async (
  tx: Executor,
  id: string,
  idleSeconds: number,
  absoluteSeconds: number,
) => (await liveSessions(tx, { id, idleSeconds, absoluteSeconds }))[0];
const within = (at: typeof sessions.createdAt, name: string): SQL =>
  sql`${at} > cf_now() - make_interval(secs => ${sql.placeholder(name)})`;
const liveSessions = builtOnce((tx) => {
  const { id, name, email, role, timeZone, listLook } = users;
  const { id: merchantId, name: merchantName, locale, livemode } = merchants;
  return tx
    .select({
      user: { id, name, email, role, timeZone, listLook },
      merchant: { id: merchantId, name: merchantName, timeZone: merchants.timeZone, locale, livemode },
      factor: sessions.factor,
      idle: sql<string>`extract(epoch from cf_now() - ${sessions.lastSeenAt})`,
      verified: sql<string>`extract(epoch from cf_now() - ${sessions.verifiedAt})`,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.merchantId, sessions.merchantId), eq(users.id, sessions.userId)))
    .innerJoin(merchants, eq(merchants.id, sessions.merchantId))
    .where(
      and(
        eq(sessions.id, sql.param(sql.placeholder('id'), sessions.id)),
        isNull(sessions.endedAt),
        isNull(users.disabledAt),
        within(sessions.lastSeenAt, 'idleSeconds'),
        within(sessions.createdAt, 'absoluteSeconds'),
      ),
    );
});

export async function touchSession(tx: Executor, id: string): Promise<void> {
  await tx.update(sessions).set({ lastSeenAt: sql`cf_now()` }).where(eq(sessions.id, id));
}

/** Notes that the person of a session has just proved who they are; false when the session is over. */
export async function verifySession(tx: Executor, id: string): Promise<boolean> {
  const rows = await tx
    .update(sessions)
    .set({ verifiedAt: sql`cf_now()`, lastSeenAt: sql`cf_now()` })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
    .returning({ id: sessions.id });
  return rows.length > 0;
}

export async function endSession(tx: Executor, id: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ endedAt: sql`cf_now()` })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)));
}

/** The newest failures of an account from an address, `most` of them at the most: how many, when the last, how far apart. */
export async function newestSignInFailures(tx: Executor, email: string, address: string, most: number) {
  const newest = tx
    .select({ at: signInFailures.at })
    .from(signInFailures)
    .where(and(eq(signInFailures.email, email), eq(signInFailures.address, address)))
    .orderBy(desc(signInFailures.at))
    .limit(most)
    .as('newest');
  const rows = await tx
    .select({
      count: count(),
      secondsSinceLast: sql<number | null>`extract(epoch from cf_now() - max(${newest.at}))::float8`,
      spanSeconds: sql<number | null>`extract(epoch from max(${newest.at}) - min(${newest.at}))::float8`,
    })
    .from(newest);
  return rows[0] ?? { count: 0, secondsSinceLast: null, spanSeconds: null };
}

export async function insertSignInFailure(tx: Executor, email: string, address: string): Promise<void> {
  await tx.insert(signInFailures).values({ email, address });
}

export async function clearSignInFailures(tx: Executor, email: string, address: string): Promise<void> {
  await tx
    .delete(signInFailures)
    .where(and(eq(signInFailures.email, email), eq(signInFailures.address, address)));
}

/** The profiles of a merchant, locked until the transaction ends: of changes to which is the default one is made at a time. */
export async function lockProfiles(tx: Executor, merchantId: number): Promise<void> {
  await tx
    .select({ id: p.id })
    .from(p)
    .where(eq(p.merchantId, merchantId))
    .orderBy(p.id)
    .for('no key update');
}

/** What is begun from now on goes to this account; or the profile is the default from now on. */
export async function pointProfile(
  tx: Executor,
  { merchantId, id }: Pick<ProfileRow, 'merchantId' | 'id'>,
  to: { gatewayAccountId: string } | { isDefault: true },
): Promise<void> {
  if ('isDefault' in to) await tx.update(p).set({ isDefault: false }).where(eq(p.merchantId, merchantId));
  await tx
    .update(p)
    .set(to)
    .where(and(eq(p.merchantId, merchantId), eq(p.id, id)));
}
