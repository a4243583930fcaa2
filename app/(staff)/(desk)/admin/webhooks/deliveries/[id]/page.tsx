import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { readWebhookDelivery } from '@/lib/webhooks';
import { BackLink } from '../../../../_parts/back-link';
import { Refused } from '../../_parts/refused';
import { logAddress } from '../filter';
import { DeliveryDetail } from './delivery-detail';

export const metadata: Metadata = { title: 'Webhook delivery' };

type Props = { params: Promise<{ id: string }> };

export default async function DeliveryPage({ params }: Props) {
  const { ctx, session } = await staffCtx();
  const { id } = await params;
  const first = await readWebhookDelivery(ctx, id);
  if (!first.ok && first.error.code === 'not_found') notFound();
  if (!first.ok) return <Refused error={first.error} />;
  return (
    <>
      <BackLink href={logAddress({ endpoint: first.value.webhookEndpoint })} label="Deliveries" />
      <DeliveryDetail
        first={first.value}
        zone={session.timeZone}
        mayAct={roleMay(session.user.role, 'webhooks:write')}
      />
    </>
  );
}
