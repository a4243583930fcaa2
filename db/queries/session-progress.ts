import { and, eq, isNull, sql } from 'drizzle-orm';
import type { FormProgress } from '@/core/form-progress';
import type { Executor } from '../client';
import { paymentSessions as s } from '../schema';

type Progress = { fields: FormProgress; inApp: string | null };

/** Notes how far the payer of a link's session is, where the session has not ended and this is news; true where it was. */
export async function noteProgress(
  tx: Executor,
  { merchantId, link }: { merchantId: number; link: string },
  { fields, inApp }: Progress,
): Promise<boolean> {
  const rows = await tx
    .update(s)
    .set({ progress: fields, inApp, revision: sql`${s.revision} + 1`, updatedAt: sql`cf_now()` })
    .where(
      and(
        eq(s.merchantId, merchantId),
        eq(s.paymentLinkId, link),
        isNull(s.endedAt),
        sql`(${s.progress}, ${s.inApp}) is distinct from (${JSON.stringify(fields)}::jsonb, ${inApp}::text)`,
      ),
    )
    .returning({ id: s.id });
  return rows.length > 0;
}
