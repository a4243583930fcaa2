import { and, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import {
  singleSignOnDomains as d,
  identities as i,
  signInRounds as r,
  singleSignOn as s,
  type TriedRound,
  users as u,
} from '../schema';
import type { UserRow } from './merchants';

export type { TriedRound } from '../schema';
export type SingleSignOnRow = typeof s.$inferSelect & { domains: string[] };
export type RoundRow = typeof r.$inferSelect;

async function findOne(tx: Executor, which: SQL): Promise<SingleSignOnRow | undefined> {
  const domains = sql<string[]>`(select coalesce(array_agg(d.domain order by d.domain), '{}')
    from ${d} d where d.merchant_id = single_sign_on.merchant_id)`;
  const [row] = await tx.select({ row: s, domains }).from(s).where(which);
  return row && { ...row.row, domains: row.domains };
}

export const findSingleSignOn = (tx: Executor, merchantId: number): Promise<SingleSignOnRow | undefined> =>
  findOne(tx, eq(s.merchantId, merchantId));

/** The provider to which the people of a domain are led, where it is switched on. */
export const findSingleSignOnOf = (tx: Executor, domain: string): Promise<SingleSignOnRow | undefined> =>
  findOne(
    tx,
    sql`${s.enabled} and single_sign_on.merchant_id = (select d.merchant_id from ${d} d where d.domain = ${domain})`,
  );

type Wanted = Omit<SingleSignOnRow, 'domains' | 'version'>;

/** Compare-and-set: writes settings of this version, 0 for the first; undefined when they have moved on. */
export async function putSingleSignOn(
  tx: Executor,
  version: number,
  wanted: Wanted,
): Promise<number | undefined> {
  const rows =
    version === 0
      ? await tx.insert(s).values(wanted).onConflictDoNothing().returning({ version: s.version })
      : await tx
          .update(s)
          .set({ ...wanted, version: sql`${s.version} + 1` })
          .where(and(eq(s.merchantId, wanted.merchantId), eq(s.version, version)))
          .returning({ version: s.version });
  return rows[0]?.version;
}

/** The first of these domains that is another merchant's, by its settings or by the addresses of its people. */
export async function findTakenDomain(
  tx: Executor,
  merchantId: number,
  domains: string[],
): Promise<string | undefined> {
  const wanted = sql`(select unnest(${sql.param(domains)}::text[]) as domain)`;
  const rows = await tx.execute<{ domain: string }>(sql`
    select w.domain from ${wanted} w
    where exists (select from ${d} d where d.domain = w.domain and d.merchant_id <> ${merchantId})
      or exists (select from ${u} o where o.merchant_id <> ${merchantId} and o.joined_at is not null and split_part(lower(o.email), '@', 2) = w.domain)
    limit 1`);
  return rows[0]?.domain;
}

/** False where another merchant was faster. */
export async function putDomains(tx: Executor, merchantId: number, domains: string[]): Promise<boolean> {
  await tx.delete(d).where(eq(d.merchantId, merchantId));
  const rows = await tx
    .insert(d)
    .values(domains.map((domain) => ({ merchantId, domain })))
    .onConflictDoNothing()
    .returning({ domain: d.domain });
  return rows.length === domains.length;
}

type Key = { merchantId: number; issuer: string };

/** The user whom a provider knows by this subject. */
export async function findIdentityUser(
  tx: Executor,
  { merchantId, issuer }: Key,
  subject: string,
): Promise<UserRow | undefined> {
  const [row] = await tx
    .select({ user: u })
    .from(i)
    .innerJoin(u, and(eq(u.merchantId, i.merchantId), eq(u.id, i.userId)))
    .where(and(eq(i.merchantId, merchantId), eq(i.issuer, issuer), eq(i.subject, subject)));
  return row?.user;
}

/** True when this provider knows the user already. */
export async function hasIdentity(
  tx: Executor,
  { merchantId, issuer }: Key,
  userId: string,
): Promise<boolean> {
  const rows = await tx
    .select({ subject: i.subject })
    .from(i)
    .where(and(eq(i.merchantId, merchantId), eq(i.issuer, issuer), eq(i.userId, userId)));
  return rows.length > 0;
}

export async function insertIdentity(tx: Executor, values: typeof i.$inferInsert): Promise<void> {
  await tx.insert(i).values(values);
}

/** Locks the owners who can sign in with a password, so that two at once do not both give the last one away; their ids. */
export async function lockPasswordOwners(tx: Executor, merchantId: number): Promise<string[]> {
  const rows = await tx
    .select({ id: u.id })
    .from(u)
    .where(
      and(eq(u.merchantId, merchantId), eq(u.role, 'owner'), isNull(u.disabledAt), isNotNull(u.passwordHash)),
    )
    .orderBy(u.id)
    .for('update');
  return rows.map(({ id }) => id);
}

export async function insertRound(tx: Executor, values: typeof r.$inferInsert): Promise<void> {
  await tx.insert(r).values(values);
}

type Ends = { stateHash: string; browserHash: string; seconds: number };

/** Ends a round that this browser began so lately, once. */
export async function endRound(
  tx: Executor,
  { stateHash, browserHash, seconds }: Ends,
): Promise<RoundRow | undefined> {
  const rows = await tx
    .update(r)
    .set({ endedAt: sql`cf_now()` })
    .where(
      and(
        eq(r.stateHash, stateHash),
        eq(r.browserHash, browserHash),
        isNull(r.endedAt),
        sql`${r.startedAt} > cf_now() - make_interval(secs => ${seconds})`,
      ),
    )
    .returning();
  return rows[0];
}

export async function noteTried(
  tx: Executor,
  { merchantId, stateHash }: Pick<RoundRow, 'merchantId' | 'stateHash'>,
  tried: TriedRound,
): Promise<void> {
  await tx
    .update(r)
    .set({ tried })
    .where(and(eq(r.merchantId, merchantId), eq(r.stateHash, stateHash)));
}

/** What came of the last try of this session. */
export async function findTried(
  tx: Executor,
  merchantId: number,
  sessionId: string,
): Promise<TriedRound | undefined> {
  const [row] = await tx
    .select({ tried: r.tried })
    .from(r)
    .where(
      and(eq(r.merchantId, merchantId), eq(r.sessionId, sessionId), eq(r.purpose, 'try'), isNotNull(r.tried)),
    )
    .orderBy(desc(r.startedAt))
    .limit(1);
  return row?.tried ?? undefined;
}
