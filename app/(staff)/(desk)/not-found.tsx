'use client';
import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Empty } from '@/app/_components/notice';

/** What is not there, or is another merchant's; the menu stays. */
export default function DeskNotFound() {
  return (
    <Empty as="h1" title="There is nothing at this address">
      <p>Check the address, or choose a page above.</p>
      <Link href="/" className={buttonClass('secondary', 'mt-4')}>
        Go to the start
      </Link>
    </Empty>
  );
}
