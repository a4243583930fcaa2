import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { PageHead } from '../money/_parts/page-head';
import { Refused } from './_parts/refused';
import { logAddress } from './deliveries/filter';
import { EndpointList } from './endpoint-list';
import { NewEndpoint } from './new-endpoint';
import { readEndpoints } from './read';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage() {
  const { ctx, session } = await staffCtx();
  const listed = await readEndpoints(ctx);
  if (!listed.ok) return <Refused error={listed.error} />;
  const log = (
    <Link href={logAddress({})} prefetch={false} className={buttonClass('secondary')}>
      All deliveries
    </Link>
  );
  return (
    <>
      <PageHead title="Webhooks">
        <p>
          Addresses of your systems that are told what happens, signed as Standard Webhooks. Each event is
          tried for 30 days.
        </p>
      </PageHead>
      {roleMay(session.user.role, 'webhooks:write') ? <NewEndpoint beside={log} /> : log}
      <EndpointList first={listed.value} zone={session.timeZone} />
    </>
  );
}
