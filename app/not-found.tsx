import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from './_components/button';
import { MessagePage } from './_components/message-page';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <MessagePage title="There is nothing at this address">
      <p>Check the address, or start again from your own pages.</p>
      <Link href="/" className={buttonClass('secondary')}>
        Go to the start
      </Link>
    </MessagePage>
  );
}
