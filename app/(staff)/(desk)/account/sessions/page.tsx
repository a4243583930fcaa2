import type { Metadata } from 'next';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { listOwnSessions } from '@/lib/auth';
import { SessionList } from './session-list';

export const metadata: Metadata = { title: 'Your sessions' };

export default async function SessionsPage() {
  const { ctx, session } = await staffCtx();
  const listed = await listOwnSessions(ctx, session.id);
  if (!listed.ok) return <Notice tone="bad">{listed.error.message}</Notice>;
  return <SessionList sessions={listed.value} zone={session.timeZone} />;
}
