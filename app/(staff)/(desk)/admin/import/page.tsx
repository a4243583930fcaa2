import type { Metadata } from 'next';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { listPaymentLinkBatches } from '@/lib/payment-link-batches';
import { BackLink } from '../../_parts/back-link';
import { NoPermission } from '../../_parts/no-permission';
import { PageHead } from '../money/_parts/page-head';
import { Earlier } from './earlier';
import { ImportForm } from './import-form';

export const metadata: Metadata = { title: 'Import payment links' };

export default async function ImportPage() {
  const { ctx, session } = await staffCtx();
  const first = await listPaymentLinkBatches(ctx, {});
  if (!first.ok)
    return first.error.code === 'forbidden' ? (
      <NoPermission what="seeing payment links" />
    ) : (
      <Notice tone="bad">{first.error.message}</Notice>
    );
  return (
    <>
      <BackLink href="/admin" />
      <PageHead title="Import payment links">
        <p>One row of a CSV file makes one link. You see what is wrong before anything is made.</p>
      </PageHead>
      {roleMay(session.user.role, 'payment_links:create') ? (
        <ImportForm />
      ) : (
        <Notice tone="info">You may look at imports. Your role does not include making links.</Notice>
      )}
      <Earlier first={first.value} zone={session.timeZone} />
    </>
  );
}
