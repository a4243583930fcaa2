import type { ReactNode } from 'react';

/** The name of a page and, in a few lines, what stands there and what to do about it. */
export const PageHead = ({ title, children }: { title: string; children: ReactNode }) => (
  <header className="mb-5 max-w-3xl">
    <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
    <div className="mt-1 space-y-2 text-muted">{children}</div>
  </header>
);
