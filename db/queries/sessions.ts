import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { sessions as s } from '../schema';

export type SessionRow = typeof s.$inferSelect;
type User = { merchantId: number; id: string };
type Limits = { idleSeconds: number; absoluteSeconds: number };

const openOf = ({ merchantId, id }: User) =>
  and(eq(s.merchantId, merchantId), eq(s.userId, id), isNull(s.endedAt));

/** The sessions of a user that live now, the one used last first. */
export function listSessions(
  tx: Executor,
  user: User,
  { idleSeconds, absoluteSeconds }: Limits,
): Promise<SessionRow[]> {
  return tx
    .select()
    .from(s)
    .where(
      and(
        openOf(user),
        sql`${s.lastSeenAt} > cf_now() - make_interval(secs => ${idleSeconds})`,
        sql`${s.createdAt} > cf_now() - make_interval(secs => ${absoluteSeconds})`,
      ),
    )
    .orderBy(desc(s.lastSeenAt), desc(s.id));
}

/** Ends the open sessions of a user: all, all but `except`, or `only` one; how many. */
export async function endSessionsOf(
  tx: Executor,
  user: User,
  { except, only }: { except?: string | undefined; only?: string | undefined } = {},
): Promise<number> {
  const rows = await tx
    .update(s)
    .set({ endedAt: sql`cf_now()` })
    .where(and(openOf(user), except ? ne(s.id, except) : undefined, only ? eq(s.id, only) : undefined))
    .returning({ id: s.id });
  return rows.length;
}
