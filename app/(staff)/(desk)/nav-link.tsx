import Link from 'next/link';
import { usePathname } from 'next/navigation';

export type NavItem = {
  href: string;
  label: string;
  /** Parts of the pages below `href` that have a link of their own. */
  not?: readonly string[];
  /** Pages elsewhere that are reached by this link. */
  also?: readonly string[];
};

export function NavLink({ href, label, not = [], also = [] }: NavItem) {
  const path = usePathname();
  const below = (part: string) => path.startsWith(part);
  const current = (below(href) && !not.some(below)) || also.some(below);
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
