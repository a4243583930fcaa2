import type { Metadata } from 'next';
import { askedPath } from '@/app/_server/staff';
import { type StartParams, startOf } from '../(staff)/(desk)/agent/_desk/start';
import { Providers } from '../(staff)/(desk)/providers';
import { FramedDesk } from './framed-desk';

export const metadata: Metadata = { title: 'Workspace' };

/**
 * The agent's desk inside another system's page: without cookies and without the staff pages' frame. Who it is stands behind the
 * # of the address, which no server is told.
 */
export default async function AgentFramePage({ searchParams }: { searchParams: StartParams }) {
  await askedPath();
  return (
    <Providers>
      <main aria-label="Payments" className="mx-auto max-w-7xl p-3 sm:p-4">
        <h1 className="sr-only">Workspace</h1>
        <FramedDesk start={await startOf(searchParams)} />
      </main>
    </Providers>
  );
}
