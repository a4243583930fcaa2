import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** A menu that unfolds, and is folded again on the page that it leads to. */
export const Menu = ({ children }: { children: ReactNode }) => (
  <details key={usePathname()} className="group relative">
    {children}
  </details>
);
