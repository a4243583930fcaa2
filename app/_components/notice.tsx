import type { ReactNode } from 'react';
import { cx } from './cx';

const TONES = {
  bad: 'border-bad/40 bg-bad-soft text-bad',
  warn: 'border-warn/40 bg-warn-soft text-warn',
  info: 'border-info/40 bg-info-soft text-info',
  ok: 'border-ok/40 bg-ok-soft text-ok',
};

/** A short message in the page. A bad one is said at once by screen readers. */
export function Notice({ tone, children }: { tone: keyof typeof TONES; children: ReactNode }) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cx('rounded-lg border px-4 py-3', TONES[tone])}
    >
      {children}
    </div>
  );
}

/** A place with nothing in it yet, and what to do about that. */
export function Empty({
  title,
  as: Title = 'p',
  children,
}: {
  title: string;
  /** Where it is all that the page says. */
  as?: 'p' | 'h1';
  children?: ReactNode;
}) {
  return (
    <div className="rounded-xl border border-dashed border-line-strong px-6 py-12 text-center">
      <Title className="text-base font-semibold">{title}</Title>
      {children && <div className="mt-2 text-muted">{children}</div>}
    </div>
  );
}
