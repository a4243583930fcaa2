import { sql } from 'drizzle-orm';
import { idFromUuid, uuidFromId } from '@/core/ids';
import type { Executor } from '../client';
import { paymentLinks as l, paymentSessions as s } from '../schema';

/** A payment session somebody looks at. */
export type Watched = { merchantId: number; id: string };

/**
 * How far each of these payment sessions and their links have come, as a text that differs after every change. One
 * statement with one parameter, however many they are.
 */
export async function readMarks(
  tx: Executor,
  watched: readonly Watched[],
): Promise<(Watched & { mark: string })[]> {
  const keys = watched.map(({ merchantId: m, id }) => ({ m, s: uuidFromId('paymentSession', id) }));
  const rows = await tx.execute<{ merchant_id: string; id: string; mark: string }>(
    sql`select ${s.merchantId} as merchant_id, ${s.id} as id,
        concat_ws('.', ${s.revision}, ${l.sequence}, ${l.version}) as mark
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as w(m bigint, s uuid)
      join ${s} on ${s.merchantId} = w.m and ${s.id} = w.s
      join ${l} on ${l.merchantId} = ${s.merchantId} and ${l.id} = ${s.paymentLinkId}`,
  );
  return rows.map(({ merchant_id, id, mark }) => ({
    merchantId: Number(merchant_id),
    id: idFromUuid('paymentSession', id),
    mark,
  }));
}
