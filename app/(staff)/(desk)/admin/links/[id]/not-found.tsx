import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Empty } from '@/app/_components/notice';

export default function LinkNotFound() {
  return (
    <Empty as="h1" title="There is no such payment link">
      <p>Check the address, or look for the link by its reference.</p>
      <Link href="/admin" className={buttonClass('secondary', 'mt-4')}>
        Go to the payment links
      </Link>
    </Empty>
  );
}
