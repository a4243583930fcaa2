import type { ReactNode } from 'react';
import { Mark } from './icons';

/** A whole page that says one thing: not found, broken, no permission. */
export function MessagePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center px-6 py-16">
      <p className="mb-8 flex items-center gap-2 font-semibold">
        <Mark /> Counterfoil
      </p>
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <div className="mt-3 space-y-6 text-muted">{children}</div>
    </main>
  );
}
