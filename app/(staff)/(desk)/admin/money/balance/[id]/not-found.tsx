import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Empty } from '@/app/_components/notice';

export default function ReportNotFound() {
  return (
    <>
      <h1 className="sr-only">Balance of a day</h1>
      <Empty title="There is no such balance report">
        <p>Check the address, or look for the day in the list.</p>
        <Link href="/admin/money/balance" className={buttonClass('secondary', 'mt-4')}>
          Go to the balance
        </Link>
      </Empty>
    </>
  );
}
