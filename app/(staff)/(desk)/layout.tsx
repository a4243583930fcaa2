import type { ReactNode } from 'react';
import { staffCtx } from '@/app/_server/staff';
import { Providers } from './providers';
import { Shell } from './shell';

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const { session } = await staffCtx();
  return (
    <Providers>
      <Shell session={session}>{children}</Shell>
    </Providers>
  );
}
