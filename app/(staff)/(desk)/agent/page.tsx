import type { Metadata } from 'next';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { NoPermission } from '../_parts/no-permission';
import { SignedInDesk } from './_desk/signed-in';
import { type StartParams, startOf } from './_desk/start';

export const metadata: Metadata = { title: 'Workspace' };

/** `?call=&reference=` fill the desk in, from a merchant's own system; nothing is asked or sent until somebody presses a button. */
export default async function AgentPage({ searchParams }: { searchParams: StartParams }) {
  const { session } = await staffCtx();
  if (!roleMay(session.user.role, 'payment_sessions:create')) return <NoPermission what="taking payments" />;
  return (
    <>
      <h1 className="sr-only">Workspace</h1>
      <SignedInDesk start={await startOf(searchParams)} />
    </>
  );
}
