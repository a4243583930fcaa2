'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppError, Outcome } from '@/core/outcome';
import type { Channel } from '@/core/payment-link';
import type { SessionField, SessionKind } from '@/core/payment-session';
import type { AgentDesk } from '@/lib/payment-sessions';
import { useAct } from '../../_parts/use-act';
import type { AgentClient } from './client';
import { deskKey, newer } from './use-desk';

/** What an agent does with a session, one at a time; a refusal stays on the screen until the next. */
export function useSessionActs(client: AgentClient, id: string) {
  const cache = useQueryClient();
  const { pending, act } = useAct(deskKey(id));
  const [problem, setProblem] = useState<AppError | null>(null);
  const send = async (verb: string, input: unknown): Promise<Outcome<AgentDesk>> => {
    const outcome = await client.act<AgentDesk>(`/sessions/${id}/${verb}`, input);
    if (outcome.ok) cache.setQueryData<AgentDesk>(deskKey(id), (seen) => newer(seen, outcome.value));
    return outcome;
  };
  const run = (verb: string, input: unknown, done: string) => {
    if (pending) return;
    setProblem(null);
    act(() => send(verb, input), done, undefined, setProblem);
  };
  return {
    pending,
    problem,
    ask: (field: SessionField) => run('request-field', { field }, 'The caller is asked'),
    submit: () => run('submit', {}, 'The bank is asked'),
    resend: (channel: Channel) => run('send', { channel }, 'The link is on its way'),
    switchTo: (kind: SessionKind, call?: { id: string; leg: string }) =>
      run(
        'switch',
        { kind, ...(kind === 'agent_assist' && call && { call }) },
        kind === 'digital' ? 'The link is on its way' : 'The keypad is being set up',
      ),
    /** By link, to an address that was not on file. */
    linkTo: (customer: { email: string } | { phone: string }) =>
      send('switch', {
        kind: 'digital',
        customer,
        send: { channel: 'email' in customer ? 'email' : 'sms' },
      }),
    cancel: () => send('cancel', {}),
  };
}
export type SessionActs = ReturnType<typeof useSessionActs>;
