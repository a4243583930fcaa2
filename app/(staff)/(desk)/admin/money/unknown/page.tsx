import type { Metadata } from 'next';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { PageHead } from '../_parts/page-head';
import { Refused } from '../_parts/refused';
import { readUnknown } from './read';
import { UnknownList } from './unknown-list';

export const metadata: Metadata = { title: 'Unknown outcomes' };

export default async function UnknownPage() {
  const { ctx, session } = await staffCtx();
  const first = await readUnknown(ctx, {});
  if (!first.ok) return <Refused error={first.error} />;
  return (
    <>
      <PageHead title="Unknown outcomes">
        <p>
          These were sent to the gateway, and its answer was lost. Counterfoil asks the gateway again and
          again until it knows; nothing is ever charged or refunded a second time to find out.
        </p>
      </PageHead>
      <UnknownList
        first={first.value}
        zone={session.timeZone}
        mayAsk={roleMay(session.user.role, 'reconciliation:write')}
        mayDecide={roleMay(session.user.role, 'payments:decide')}
      />
    </>
  );
}
