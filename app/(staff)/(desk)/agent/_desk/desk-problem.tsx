'use client';
import { Button } from '@/app/_components/button';
import { Notice } from '@/app/_components/notice';
import { ReadError } from '../../_parts/live';

/** Says why something could not be read, and the way on. What was last read stays on the screen. */
export function DeskProblem({ error, retry }: { error: Error | null; retry?: () => void }) {
  if (!error) return null;
  const code = error instanceof ReadError ? error.error.code : null;
  if (code === 'unauthenticated')
    return (
      <Notice tone="warn">
        You are signed out.{' '}
        <a href="/sign-in?next=/agent" className="font-semibold underline">
          Sign in again
        </a>
      </Notice>
    );
  if (code === 'forbidden' || code === 'not_found') return <Notice tone="bad">{error.message}</Notice>;
  return (
    <Notice tone="warn">
      {code ? error.message : 'The portal cannot be reached.'} What you see may be old; it is being tried
      again.{' '}
      {retry && (
        <Button kind="quiet" onClick={retry}>
          Try now
        </Button>
      )}
    </Notice>
  );
}

/** Whether what is shown is of this moment, and how it comes. */
export function LiveState({ live, error }: { live: boolean; error: Error | null }) {
  const [dot, text] = error
    ? ['bg-bad', 'No connection: trying again']
    : live
      ? ['bg-ok', 'Live']
      : ['bg-warn', 'Asking every 2 s'];
  return (
    <span className="inline-flex items-center gap-2 text-sm text-muted">
      <span aria-hidden="true" className={`size-2 rounded-full ${dot}`} />
      {text}
    </span>
  );
}
