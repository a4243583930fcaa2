import { sql } from 'drizzle-orm';
import { uuidFromId } from '@/core/ids';
import type { Executor } from '../client';
import { sessions as e, paymentLinks as l, paymentSessions as s, users as u } from '../schema';

/** A payment session somebody looks at, and who: a user of the merchant, in a session of theirs where they are signed in. */
export type Watched = { merchantId: number; id: string; user?: string | null; session?: string | null };

/**
 * How far each of these payment sessions and their links have come, and what whoever looks at them may, as a text that differs
 * after every change. One statement with one parameter, however many they are.
 */
export async function readMarks(
  tx: Executor,
  watched: readonly Watched[],
): Promise<(Watched & { mark: string })[]> {
  const keys = watched.map(({ merchantId: m, id, user, session }, n) => ({
    ...{ n, m, s: uuidFromId('paymentSession', id) },
    ...{ u: user ? uuidFromId('user', user) : null, e: session ? uuidFromId('session', session) : null },
  }));
  const rows = await tx.execute<{ n: number; mark: string }>(
    sql`select w.n, concat_ws('.', ${s.revision}, ${l.sequence}, ${l.version},
          ${u.role}, ${u.buttonEnabled}, ${u.disabledAt}, ${e.endedAt}) as mark
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as w(n int, m bigint, s uuid, u uuid, e uuid)
      join ${s} on ${s.merchantId} = w.m and ${s.id} = w.s
      join ${l} on ${l.merchantId} = ${s.merchantId} and ${l.id} = ${s.paymentLinkId}
      left join ${u} on ${u.merchantId} = w.m and ${u.id} = w.u
      left join ${e} on ${e.id} = w.e`,
  );
  return rows.flatMap(({ n, mark }) => (watched[n] ? [{ ...watched[n], mark }] : []));
}
