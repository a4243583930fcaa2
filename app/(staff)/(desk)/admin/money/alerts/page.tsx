import type { Metadata } from 'next';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { PageHead } from '../_parts/page-head';
import { Refused } from '../_parts/refused';
import { AlertList } from './alert-list';
import { readAlerts } from './read';

export const metadata: Metadata = { title: 'Alerts' };

export default async function AlertsPage() {
  const { ctx, session } = await staffCtx();
  const first = await readAlerts(ctx, {});
  if (!first.ok) return <Refused error={first.error} />;
  return (
    <>
      <PageHead title="Alerts">
        <p>
          What somebody must know. An alert about a difference or card testing goes by itself once it is over;
          the others stay until you have dealt with them and say how.
        </p>
      </PageHead>
      <AlertList
        first={first.value}
        zone={session.timeZone}
        mayAct={roleMay(session.user.role, 'reconciliation:write')}
      />
    </>
  );
}
