'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

export function NavLink({ href, label }: { href: string; label: string }) {
  const current = usePathname().startsWith(href);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className="-mb-px flex min-h-11 items-center border-b-2 border-transparent px-2 font-medium text-muted hover:text-ink aria-[current]:border-accent aria-[current]:text-ink md:min-h-14"
    >
      {label}
    </Link>
  );
}
