import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Empty } from '@/app/_components/notice';

export default function ImportNotFound() {
  return (
    <Empty as="h1" title="There is no such import">
      <Link href="/admin/import" className={buttonClass('secondary', 'mt-2')}>
        Go to the imports
      </Link>
    </Empty>
  );
}
