import type { Metadata } from 'next';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { readFactors } from '@/lib/auth';
import { SecurityDesk } from './security-desk';

export const metadata: Metadata = { title: 'Security' };

export default async function SecurityPage() {
  const { ctx, session } = await staffCtx();
  const read = await readFactors(ctx);
  if (!read.ok) return <Notice tone="bad">{read.error.message}</Notice>;
  return <SecurityDesk factors={read.value} zone={session.timeZone} />;
}
