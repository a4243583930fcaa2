import type { Metadata } from 'next';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { PageHead } from '../_parts/page-head';
import { Refused } from '../_parts/refused';
import { NoticeList } from './notice-list';
import { readNotices } from './read';

export const metadata: Metadata = { title: 'Notices set aside' };

export default async function NoticesPage() {
  const { ctx, session } = await staffCtx();
  const first = await readNotices(ctx, {});
  if (!first.ok) return <Refused error={first.error} />;
  return (
    <>
      <PageHead title="Notices set aside">
        <p>
          The gateway said something that cannot be: another amount, a payment on a try that was never sent.
          It changed nothing here. Compare each with the gateway, then decide.
        </p>
      </PageHead>
      <NoticeList
        first={first.value}
        zone={session.timeZone}
        mayDecide={roleMay(session.user.role, 'reconciliation:write')}
      />
    </>
  );
}
