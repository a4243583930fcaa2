'use client';
import { Button } from './button';
import { MessagePage } from './message-page';

/** What is shown when a page could not be made. The cause stays in the log, under the number shown here. */
export function BrokenPage({ digest, retry }: { digest?: string | undefined; retry: () => void }) {
  return (
    <MessagePage title="Something went wrong on our side">
      <p>
        No payment is affected by this. Try again in a moment
        {digest ? <>, and name {digest} if it stays.</> : '.'}
      </p>
      <Button kind="secondary" onClick={retry}>
        Try again
      </Button>
    </MessagePage>
  );
}
