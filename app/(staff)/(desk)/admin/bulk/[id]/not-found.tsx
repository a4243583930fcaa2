import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Empty } from '@/app/_components/notice';

export default function BulkActNotFound() {
  return (
    <Empty as="h1" title="There is no such bulk act">
      <p>How they went is kept for 30 days.</p>
      <Link href="/admin" className={buttonClass('secondary', 'mt-2')}>
        Go to the payment links
      </Link>
    </Empty>
  );
}
