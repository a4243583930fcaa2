import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { PlusIcon } from '@/app/_components/icons';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { NoPermission } from '../_parts/no-permission';
import { readBoard } from './board';
import { BoardView } from './board-view';

export const metadata: Metadata = { title: 'Workspace' };

export default async function AgentPage() {
  const { ctx, session } = await staffCtx();
  const { user, merchant } = session;
  if (!roleMay(user.role, 'payment_links:create')) return <NoPermission what="taking payments" />;
  const board = await readBoard(ctx);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">Workspace</h1>
          <p className="mt-0.5 text-muted">Take a payment without ever hearing or seeing a card number.</p>
        </div>
        <Link
          href="/agent/payment"
          className={buttonClass('primary', 'min-h-12 px-6 text-base max-sm:w-full')}
        >
          <PlusIcon className="size-5" /> Payment
        </Link>
      </div>
      <div className="mt-6">
        {board.ok ? (
          <BoardView first={board.value} zone={merchant.timeZone} />
        ) : (
          <Notice tone="bad">{board.error.message}</Notice>
        )}
      </div>
    </>
  );
}
