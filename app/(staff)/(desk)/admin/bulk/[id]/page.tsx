import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { BULK_PERMISSIONS } from '@/core/bulk-act';
import { roleMay } from '@/core/permissions';
import { readBulkAct } from '@/lib/bulk-acts';
import { BackLink } from '../../../_parts/back-link';
import { NoPermission } from '../../../_parts/no-permission';
import { BulkDetail } from './bulk-detail';

export const metadata: Metadata = { title: 'Bulk act' };

export default async function BulkActPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, session } = await staffCtx();
  const { id } = await params;
  const read = await readBulkAct(ctx, id);
  if (!read.ok && read.error.code === 'not_found') notFound();
  return (
    <>
      <BackLink href="/admin" />
      {read.ok ? (
        <BulkDetail
          first={read.value}
          zone={session.timeZone}
          mayStop={roleMay(session.user.role, BULK_PERMISSIONS[read.value.act])}
        />
      ) : read.error.code === 'forbidden' ? (
        <NoPermission what="seeing payment links" />
      ) : (
        <Notice tone="bad">{read.error.message}</Notice>
      )}
    </>
  );
}
