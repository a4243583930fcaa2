'use client';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { Notice } from '@/app/_components/notice';
import type { AgentCall, AgentContext, AgentDesk } from '@/lib/payment-sessions';
import { CopyAddress } from '../../_parts/copy-address';
import { resultOf } from '../../_words/session-result';
import { Timeline } from '../../admin/links/[id]/timeline';
import { ActButtons } from './act-buttons';
import { Announcer } from './announcer';
import type { AgentClient } from './client';
import { DeskProblem } from './desk-problem';
import { KeypadPanel } from './keypad-panel';
import { LinkPanel } from './link-panel';
import { ResultPanel } from './result-panel';
import { SessionHeader } from './session-header';
import { useDesk } from './use-desk';
import { useSessionActs } from './use-session-acts';

type Props = {
  client: AgentClient;
  context: AgentContext;
  call: AgentCall | undefined;
  id: string;
  /** Begins another with the same customer; null where this desk is for one session alone. */
  onAnother: ((desk: AgentDesk) => void) | null;
};

/** One payment session, live: what is so, what to say, what to do. */
export function SessionView({ client, id, ...props }: Props) {
  const { desk, error, live } = useDesk(client, id);
  if (!desk)
    return error ? (
      <DeskProblem error={error} />
    ) : (
      <p role="status" className="rounded-xl border border-line bg-surface p-6 text-muted shadow-card">
        The payment is being opened…
      </p>
    );
  return (
    <div className="space-y-3">
      <DeskProblem error={error} />
      <Live {...{ client, desk, live, error, ...props }} />
    </div>
  );
}

type LiveProps = Omit<Props, 'id'> & { desk: AgentDesk; live: boolean; error: Error | null };

function Live({ client, context, call, desk, live, error, onAnother }: LiveProps) {
  const { session, history } = desk;
  const acts = useSessionActs(client, session.id);
  const result = resultOf(desk);
  const heading = useRef<HTMLHeadingElement>(null);
  const ending = useRef<HTMLHeadingElement>(null);
  const title = result?.title ?? null;
  useEffect(() => {
    if (document.querySelector('dialog[open]')) return;
    (title === null ? heading : ending).current?.focus({ preventScroll: title === null });
  }, [title]);
  const zone = context.timeZone;
  const usable = history.link.status === 'active' || history.link.status === 'partially_paid';
  return (
    <>
      <Announcer desk={desk} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-3 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
          <SessionHeader {...{ desk, live, error, heading }} inFrame={client.inFrame} />
          {session.agent.id !== context.agent.id && (
            <Notice tone="info">{session.agent.name} takes this payment. What you do here counts too.</Notice>
          )}
          {acts.problem && (
            <div role="alert">
              <Notice tone="bad">{acts.problem.message}</Notice>
            </div>
          )}
          {result && <ResultPanel result={result} heading={ending} />}
          {!result && session.kind === 'agent_assist' && <KeypadPanel desk={desk} acts={acts} />}
          {!result && session.kind === 'digital' && <LinkPanel desk={desk} zone={zone} />}
          <ActButtons desk={desk} acts={acts} call={call} onAnother={onAnother && (() => onAnother(desk))} />
          {session.kind === 'digital' && usable && <CopyAddress url={history.link.url} kind="secondary" />}
        </div>
        <History desk={desk} zone={zone} linked={!client.inFrame} />
      </div>
    </>
  );
}

const History = ({ desk, zone, linked }: { desk: AgentDesk; zone: string; linked: boolean }) => (
  <section
    aria-labelledby="history-title"
    className="min-w-0 rounded-xl border border-line bg-surface p-4 text-sm shadow-card xl:max-h-[calc(100dvh-11rem)] xl:overflow-y-auto"
  >
    <div className="mb-3 flex items-center justify-between gap-2">
      <h3 id="history-title" className="font-semibold">
        What has happened
      </h3>
      {linked && (
        <Link
          href={`/admin/links/${desk.history.link.id}`}
          prefetch={false}
          className="inline-flex min-h-9 items-center text-accent underline"
        >
          All about it
        </Link>
      )}
    </div>
    <Timeline events={desk.history.events} zone={zone} style="short" />
  </section>
);
