import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { readLinkHistory } from '@/lib/payment-links';
import { BackLink } from '../../../_parts/back-link';
import { NoPermission } from '../../../_parts/no-permission';
import { LinkDetail } from './link-detail';

export const metadata: Metadata = { title: 'Payment link' };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function LinkPage({ params, searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const { id } = await params;
  const history = await readLinkHistory(ctx, id);
  if (!history.ok && history.error.code === 'not_found') notFound();
  const { role } = session.user;
  return (
    <>
      <BackLink href={role === 'agent' ? '/agent' : '/admin'} />
      {history.ok ? (
        <LinkDetail
          first={history.value}
          zone={session.timeZone}
          issued={(await searchParams).issued === '1'}
        />
      ) : history.error.code === 'forbidden' ? (
        <NoPermission what="seeing payment links" />
      ) : (
        <Notice tone="bad">{history.error.message}</Notice>
      )}
    </>
  );
}
