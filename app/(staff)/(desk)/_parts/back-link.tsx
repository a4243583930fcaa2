import Link from 'next/link';
import { BackIcon } from '@/app/_components/icons';

export function BackLink({ href }: { href: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="-ms-2 mb-2 inline-flex min-h-9 items-center gap-1 rounded-lg px-2 text-muted hover:text-ink"
    >
      <BackIcon /> {href.startsWith('/agent') ? 'Workspace' : 'Payment links'}
    </Link>
  );
}
