'use client';
import { usePathname } from 'next/navigation';
import { cx } from '@/app/_components/cx';
import { Notice } from '@/app/_components/notice';
import { LOST_MS, ReadError } from './live';

/** Whether what is shown is of this moment. `live`: whether a stream tells the page of changes; else it asks by itself. */
export function LiveDot({ error, live = true }: { error: Error | null; live?: boolean }) {
  const isLive = live && !error;
  return (
    <span className="inline-flex items-center gap-2 text-sm text-muted">
      <span aria-hidden="true" className={cx('size-2 rounded-full', isLive ? 'bg-ok' : 'bg-warn')} />
      {error ? 'Reconnecting…' : live ? 'Live' : `Every ${LOST_MS / 1000} seconds`}
    </span>
  );
}

/** Says why a page no longer moves, and the way on. What was last read stays on screen. */
export function ReadProblem({ error }: { error: Error | null }) {
  const path = usePathname();
  if (!error) return null;
  if (error instanceof ReadError && error.error.code === 'unauthenticated')
    return (
      <Notice tone="warn">
        You were signed out after 15 minutes without activity.{' '}
        <a href={`/sign-in?next=${encodeURIComponent(path)}`} className="font-semibold underline">
          Sign in again
        </a>
      </Notice>
    );
  return <Notice tone="warn">{error.message} What you see may be old; it is being tried again.</Notice>;
}
