import { and, eq, type SQL, sql } from 'drizzle-orm';
import { LINK_STATUSES, type LinkStatus } from '@/core/payment-link';
import type { Executor } from '../client';
import { paymentLinks as p } from '../schema';
import { builtOnce } from '../statement';
import { waysTo } from './link-list';
import { written } from './written';

/** At so many links counting ends. */
export const COUNTED_LINKS = 1_000;
const atMost = sql`limit ${written(COUNTED_LINKS)}`;

/** How many links a merchant has of each status: as many entries of one index are read at the most. */
export const countLinks = (
  tx: Executor,
  merchantId: number,
): Promise<{ status: LinkStatus; count: number }[]> => counts(tx, { merchantId });
const counts = builtOnce((tx) => {
  const own = eq(p.merchantId, sql.placeholder('merchantId'));
  const someOf = (way: SQL | undefined) => sql`(select from ${p} where ${and(own, way)} ${atMost})`;
  const arms = LINK_STATUSES.map(
    (status) => sql`select ${written([status])} as status, count(*)::int as count
      from (select from (${sql.join(waysTo(status).map(someOf), sql` union all `)}) as ways ${atMost}) as few`,
  );
  const columns = { status: sql<LinkStatus>`status`, count: sql<number>`count` };
  return tx.select(columns).from(sql`(${sql.join(arms, sql` union all `)}) as counted`);
});
