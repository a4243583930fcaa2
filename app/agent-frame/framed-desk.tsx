'use client';
import { useEffect, useRef, useState } from 'react';
import { Notice } from '@/app/_components/notice';
import { AgentClient, OVER, openingOf } from '../(staff)/(desk)/agent/_desk/client';
import { type Start, Workspace } from '../(staff)/(desk)/agent/_desk/workspace';

/** Takes who it is out of the address, which is cleared at once, into the memory of this page alone. */
export function FramedDesk({ start }: { start: Start }) {
  const [client] = useState(() => new AgentClient(true));
  const [state, setState] = useState<'opening' | 'open' | { refused: string }>('opening');
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const opening = openingOf(window.location.hash);
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    if (!opening) return setState({ refused: OVER.message });
    void client
      .open(opening)
      .then((outcome) => setState(outcome.ok ? 'open' : { refused: outcome.error.message }));
  }, [client]);
  if (state === 'open') return <Workspace client={client} start={start} />;
  if (state === 'opening')
    return (
      <p role="status" className="rounded-xl border border-line bg-surface p-6 text-muted shadow-card">
        The desk is being opened…
      </p>
    );
  return (
    <div role="alert">
      <Notice tone="warn">{state.refused}</Notice>
    </div>
  );
}
