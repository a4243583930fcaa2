'use client';
import { useState } from 'react';
import { AgentClient } from './client';
import { type Start, Workspace } from './workspace';

/** The desk of whoever is signed in. */
export function SignedInDesk({ start }: { start: Start }) {
  const [client] = useState(() => new AgentClient(false));
  return <Workspace client={client} start={start} />;
}
