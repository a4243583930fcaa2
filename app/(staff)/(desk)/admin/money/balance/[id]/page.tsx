import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { Refused } from '../../_parts/refused';
import { readWhole } from '../read';
import { Report } from './report';

export const metadata: Metadata = { title: 'Balance of a day' };

export default async function ReportPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, session } = await staffCtx();
  const first = await readWhole(ctx, (await params).id);
  if (!first.ok && first.error.code === 'not_found') notFound();
  if (!first.ok) return <Refused error={first.error} />;
  return (
    <Report
      first={first.value}
      zone={session.timeZone}
      mayRun={roleMay(session.user.role, 'reconciliation:write')}
    />
  );
}
