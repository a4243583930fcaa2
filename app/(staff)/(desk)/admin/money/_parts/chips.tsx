import Link from 'next/link';

type Chip = { label: string; href: string; current: boolean };

/** One choice out of a few; it is part of the address, so that it can be kept and shared. */
export const Chips = ({ label, chips }: { label: string; chips: Chip[] }) => (
  <nav aria-label={label}>
    <ul className="flex flex-wrap gap-1.5">
      {chips.map(({ label: text, href, current }) => (
        <li key={text}>
          <Link
            href={href}
            prefetch={false}
            aria-current={current ? 'true' : undefined}
            className="inline-flex min-h-9 items-center rounded-full border border-line bg-surface px-3.5 text-sm font-medium whitespace-nowrap text-muted hover:text-ink aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent"
          >
            {text}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);
