import type { ReactNode } from 'react';
import { cx } from './cx';

/** A panel with a heading; `id` names the heading for assistive technology. */
export function Card({
  id,
  title,
  aside,
  className,
  children,
}: {
  id: string;
  title: string;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-labelledby={id}
      className={cx('rounded-xl border border-line bg-surface shadow-card', className)}
    >
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-4 sm:px-5">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      <div className="px-4 pt-3 pb-4 sm:px-5">{children}</div>
    </section>
  );
}
