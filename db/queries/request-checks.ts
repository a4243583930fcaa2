import { sql } from 'drizzle-orm';
import type { Executor } from '../client';

/** True where some merchant, or the one whose domain that is, has a link with this reference, however its letters are written, and a telephone ending so. */
export async function isKnownRequest(
  tx: Executor,
  { reference, phoneEnding, payOrigin }: { reference: string; phoneEnding: string; payOrigin: string | null },
): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from merchants m cross join lateral (
      select from payment_links l
      where l.merchant_id = m.id and l.reference in (${reference}, upper(${reference}), lower(${reference}))
        and right(l.customer_phone, 4) = ${phoneEnding} and l.access <> 'draft'
        and coalesce(l.challenge, '') not in ('phone_ending', 'reference_phone_ending')
      limit 1) l where ${payOrigin}::text is null or m.pay_origin = ${payOrigin} limit 1`);
  return rows.length > 0;
}
