import type { ReactNode } from 'react';
import { AccountNav } from './account-nav';

/** One's own account, for every role. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <div className="max-w-3xl">
      <h1 className="mb-3 text-2xl font-semibold tracking-tight">Your account</h1>
      <AccountNav />
      {children}
    </div>
  );
}
