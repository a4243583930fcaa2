import { redirect } from 'next/navigation';
import { homeOf, staffCtx } from '@/app/_server/staff';

export default async function RootPage() {
  const { session } = await staffCtx();
  redirect(homeOf(session.user.role));
}
