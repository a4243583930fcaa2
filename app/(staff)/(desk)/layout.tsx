import type { ReactNode } from 'react';
import { staffCtx } from '@/app/_server/staff';
import { Providers } from './providers';
import { Shell } from './shell';

/** What the server draws, it writes twice, as a page and as what the page is made of: only data goes from here to the browser. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const { user, merchant } = (await staffCtx()).session;
  return (
    <Providers>
      <Shell
        user={{ name: user.name, email: user.email, role: user.role }}
        merchant={{ name: merchant.name, livemode: merchant.livemode }}
      >
        {children}
      </Shell>
    </Providers>
  );
}
