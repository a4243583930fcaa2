import { sql } from 'drizzle-orm';
import type { Executor } from '../client';

/** True where some merchant has a link with this reference, however its letters are written, and a telephone ending so. */
export async function isKnownRequest(
  tx: Executor,
  { reference, phoneEnding }: { reference: string; phoneEnding: string },
): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from merchants m cross join lateral (
      select from payment_links l
      where l.merchant_id = m.id and l.reference in (${reference}, upper(${reference}), lower(${reference}))
        and right(l.customer_phone, 4) = ${phoneEnding} and l.access <> 'draft'
        and coalesce(l.challenge, '') not in ('phone_ending', 'reference_phone_ending')
      limit 1) l limit 1`);
  return rows.length > 0;
}
