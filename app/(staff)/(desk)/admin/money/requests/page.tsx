import type { Metadata } from 'next';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { PageHead } from '../_parts/page-head';
import { Refused } from '../_parts/refused';
import { readRequests } from './read';
import { RequestList } from './request-list';

export const metadata: Metadata = { title: 'Requests for a new link' };

export default async function RequestsPage() {
  const { ctx, session } = await staffCtx();
  const first = await readRequests(ctx, {});
  if (!first.ok) return <Refused error={first.error} />;
  const { role } = session.user;
  return (
    <>
      <PageHead title="Requests for a new link">
        <p>
          Customers ask for these on the page of an expired link. A new link goes only to the phone number or
          e-mail address on file, never to the page.
        </p>
      </PageHead>
      <RequestList
        first={first.value}
        zone={session.timeZone}
        may={{
          decide: roleMay(role, 'payment_links:renew'),
          setRule: roleMay(role, 'payment_profiles:write'),
        }}
      />
    </>
  );
}
