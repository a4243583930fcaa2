import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { BackLink } from '../../../_parts/back-link';
import { NoPermission } from '../../../_parts/no-permission';
import { readImport } from '../read';
import { ImportDetail } from './import-detail';

export const metadata: Metadata = { title: 'Import' };

export default async function OneImportPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, session } = await staffCtx();
  const { id } = await params;
  const read = await readImport(ctx, id);
  if (!read.ok && read.error.code === 'not_found') notFound();
  return (
    <>
      <BackLink href="/admin/import" label="Imports" />
      {read.ok ? (
        <ImportDetail first={read.value} zone={session.timeZone} />
      ) : read.error.code === 'forbidden' ? (
        <NoPermission what="seeing payment links" />
      ) : (
        <Notice tone="bad">{read.error.message}</Notice>
      )}
    </>
  );
}
