import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Empty } from '@/app/_components/notice';

export default function ProfileNotFound() {
  return (
    <Empty as="h1" title="There is no such payment profile">
      <p>Check the address, or choose one from the list.</p>
      <Link href="/admin/profiles" className={buttonClass('secondary', 'mt-4')}>
        Go to the payment profiles
      </Link>
    </Empty>
  );
}
