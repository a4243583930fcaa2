'use client';
import Link from 'next/link';
import { buttonClass } from './button';
import { MessagePage } from './message-page';

/** What is said of an address with no page. Every page carries it along: so it is named there, not drawn. */
export const NothingHere = () => (
  <MessagePage title="There is nothing at this address">
    <p>Check the address, or start again from your own pages.</p>
    <Link href="/" className={buttonClass('secondary')}>
      Go to the start
    </Link>
  </MessagePage>
);
