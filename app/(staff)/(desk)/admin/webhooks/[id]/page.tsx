import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { BackLink } from '../../../_parts/back-link';
import { Refused } from '../_parts/refused';
import { readEndpointScreen } from '../read';
import { EndpointDetail } from './endpoint-detail';

export const metadata: Metadata = { title: 'Webhook endpoint' };

type Props = { params: Promise<{ id: string }> };

export default async function EndpointPage({ params }: Props) {
  const { ctx, session } = await staffCtx();
  const { id } = await params;
  const first = await readEndpointScreen(ctx, id);
  if (!first.ok && first.error.code === 'not_found') notFound();
  if (!first.ok) return <Refused error={first.error} />;
  return (
    <>
      <BackLink href="/admin/webhooks" label="Webhooks" />
      <EndpointDetail
        first={first.value}
        zone={session.timeZone}
        mayAct={roleMay(session.user.role, 'webhooks:write')}
      />
    </>
  );
}
