import { and, asc, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { type IdKind, idFromUuid } from '@/core/ids';
import type { Executor } from '../client';
import { apiKeys, oauthClients, paymentProfiles, users } from '../schema';
import { builtOnce, type Given } from '../statement';

export type Named = { id: string; name: string };

type Table = typeof users | typeof apiKeys | typeof oauthClients | typeof paymentProfiles;
/** Some of the rows of a table, by name; `kind` says whose ids they are. */
const some = (tx: Executor, most: Given<number>, kind: IdKind, table: Table, order: SQL[], where?: SQL) =>
  tx
    .select({ kind: sql<IdKind>`${sql.raw(`'${kind}'`)}`, id: sql<string>`${table.id}`, name: table.name })
    .from(table)
    .where(and(eq(table.merchantId, sql.placeholder('merchantId')), where))
    .orderBy(...order)
    .limit(most);

const most = sql.placeholder('most');
/** All of them: a limit keeps the order of a part of a union. */
const MOST_PROFILES = 100_000;
const byDefault = [desc(paymentProfiles.isDefault), asc(paymentProfiles.name)];
const names = builtOnce((tx) =>
  unionAll(
    some(tx, most, 'user', users, [asc(users.name)], isNotNull(users.joinedAt)),
    some(tx, most, 'apiKey', apiKeys, [desc(apiKeys.id)]),
    some(tx, most, 'oauthClient', oauthClients, [desc(oauthClients.id)]),
    some(tx, MOST_PROFILES, 'profile', paymentProfiles, byDefault),
  ),
);

/**
 * By what a merchant's links can be told apart: who can have made them, so many of each kind, its people by name, then what acts
 * by the API, the newest first; and all its profiles, the default first.
 */
export async function listFilterNames(
  tx: Executor,
  merchantId: number,
  most: number,
): Promise<{ makers: Named[]; profiles: Named[] }> {
  const rows = await names(tx, { merchantId, most });
  const of = (...kinds: IdKind[]): Named[] =>
    kinds.flatMap((kind) =>
      rows.flatMap((row) => (row.kind === kind ? [{ id: idFromUuid(kind, row.id), name: row.name }] : [])),
    );
  return { makers: of('user', 'apiKey', 'oauthClient'), profiles: of('profile') };
}
