import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import type { Executor } from '../client';
import { apiKeys, oauthClients, users } from '../schema';

export type LinkMaker = { id: string; name: string };

/** By whom a merchant's links can have been made: its people by name, then what acts by the API, the newest first. */
export async function listLinkMakers(tx: Executor, merchantId: number, most: number): Promise<LinkMaker[]> {
  const people = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.merchantId, merchantId), isNotNull(users.joinedAt)))
    .orderBy(asc(users.name))
    .limit(most);
  const clients = await Promise.all(
    [apiKeys, oauthClients].map((table) =>
      tx
        .select({ id: table.id, name: table.name })
        .from(table)
        .where(eq(table.merchantId, merchantId))
        .orderBy(desc(table.id))
        .limit(most),
    ),
  );
  return [...people, ...clients.flat()];
}
