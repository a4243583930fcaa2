'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

/** `not` names parts of the pages below `href` that have a link of their own. */
export function NavLink({ href, label, not }: { href: string; label: string; not?: readonly string[] }) {
  const path = usePathname();
  const current = path.startsWith(href) && !not?.some((part) => path.startsWith(part));
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className="-mb-px flex min-h-11 items-center border-b-2 border-transparent px-2 font-medium text-muted hover:text-ink aria-[current]:border-accent aria-[current]:text-ink lg:min-h-14"
    >
      {label}
    </Link>
  );
}
