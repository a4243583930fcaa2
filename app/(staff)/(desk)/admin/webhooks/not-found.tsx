import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Empty } from '@/app/_components/notice';

export default function WebhookNotFound() {
  return (
    <Empty as="h1" title="There is no such endpoint or delivery">
      <p>An endpoint that was deleted stays in the log of its deliveries.</p>
      <p className="mt-4 flex flex-wrap justify-center gap-2">
        <Link href="/admin/webhooks" className={buttonClass('secondary')}>
          Go to the endpoints
        </Link>
        <Link href="/admin/webhooks/deliveries" className={buttonClass('secondary')}>
          Go to the deliveries
        </Link>
      </p>
    </Empty>
  );
}
