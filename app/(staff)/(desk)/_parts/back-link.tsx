import Link from 'next/link';
import { BackIcon } from '@/app/_components/icons';

/** The way back; `label` where it is not to a person's own home. */
export function BackLink({ href, label }: { href: string; label?: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="-ms-2 mb-2 inline-flex min-h-9 items-center gap-1 rounded-lg px-2 text-muted hover:text-ink"
    >
      <BackIcon /> {label ?? (href.startsWith('/agent') ? 'Workspace' : 'Payment links')}
    </Link>
  );
}
