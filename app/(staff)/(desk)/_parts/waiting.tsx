import Link from 'next/link';
import type { ReactNode } from 'react';
import { ChevronIcon } from '@/app/_components/icons';
import { countText } from '../admin/money/_parts/words';

type Props = { path: string; title: string; what: string; count: number; children?: ReactNode };

/** Something that waits for a person: how much, what it is, and the way to it. */
export const Waiting = ({ path, title, what, count, children }: Props) => (
  <li className="relative flex items-center gap-4 rounded-xl border border-warn/40 bg-surface p-4 shadow-card hover:bg-sunken/60 sm:px-5">
    <span className="grid min-w-12 place-items-center rounded-lg bg-warn-soft px-2 py-1.5 text-xl font-semibold text-warn tabular-nums">
      {countText(count)}
    </span>
    <div className="min-w-0 flex-1">
      <Link href={path} prefetch={false} className="font-semibold after:absolute after:inset-0">
        {title}
      </Link>
      <p className="text-sm text-muted">{what}</p>
      {children}
    </div>
    <ChevronIcon className="size-5 -rotate-90 text-muted" />
  </li>
);
