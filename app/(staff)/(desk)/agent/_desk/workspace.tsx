'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { Button, buttonClass } from '@/app/_components/button';
import { cx } from '@/app/_components/cx';
import { PlusIcon } from '@/app/_components/icons';
import { Notice } from '@/app/_components/notice';
import type { AgentCall, AgentContext, AgentDesk } from '@/lib/payment-sessions';
import { Board } from './board';
import { CallPanel } from './call-panel';
import type { AgentClient } from './client';
import { DeskProblem } from './desk-problem';
import { KeyHelp, KeyHint } from './key-hint';
import { ariaKey } from './keys';
import { PaymentForm } from './payment-form';
import { SessionView } from './session-view';
import { useKeys } from './use-keys';
import type { FormStart } from './use-payment-form';

/** What the address of the desk says: the call, what to look up, which session. */
export type Start = { call?: string; reference?: string; session?: string };
type Stage =
  | { at: 'board' }
  | { at: 'form'; start: FormStart; round: number }
  | { at: 'session'; id: string };

const CALL_MS = 4000;

/** The agent's desk, the same at a signed-in desk and in a frame: the call, the payment, what became of it. */
export function Workspace({ client, start }: { client: AgentClient; start: Start }) {
  const context = useQuery({
    queryKey: ['agent-context'],
    queryFn: ({ signal }) => client.read<AgentContext>('/context', signal),
    staleTime: 60_000,
  });
  if (context.data) return <Desk client={client} context={context.data} start={start} />;
  return context.error ? (
    <DeskProblem error={context.error} retry={() => void context.refetch()} />
  ) : (
    <p role="status" className="rounded-xl border border-line bg-surface p-6 text-muted shadow-card">
      The desk is being opened…
    </p>
  );
}

type DeskProps = { client: AgentClient; context: AgentContext; start: Start };

function firstStage({ context, start }: DeskProps): Stage {
  const session = context.session ?? start.session;
  if (session) return { at: 'session', id: session };
  return start.reference ? { at: 'form', start: { reference: start.reference }, round: 0 } : { at: 'board' };
}

function Desk(props: DeskProps) {
  const { client, context, start } = props;
  const isWhole = context.scope === 'desk';
  const [stage, setStage] = useState<Stage>(() => firstStage(props));
  const [named, setNamed] = useState(start.call ?? null);
  const call = useQuery({
    queryKey: ['agent-call', named],
    queryFn: ({ signal }) =>
      client.read<AgentCall>(`/call${named === null ? '' : `?call=${encodeURIComponent(named)}`}`, signal),
    refetchInterval: CALL_MS,
  });
  useAddress(stage, named, client.inFrame);
  const begin = (from: FormStart) => setStage({ at: 'form', start: from, round: Date.now() });
  const press = isWhole && stage.at !== 'form' ? () => begin({}) : undefined;
  useKeys({ payment: press });
  if (context.profiles.length === 0)
    return (
      <Notice tone="bad">
        No payment profile can take payments yet. An owner or admin sets one up with a gateway first.
      </Notice>
    );
  const open = (id: string) => setStage({ at: 'session', id });
  const home = () => setStage({ at: 'board' });
  const isHome = stage.at === 'board';
  const parts = [
    <div key="side" className={cx('space-y-3', !isHome && 'lg:order-first')}>
      {isWhole && <CallPanel call={call.data} error={call.error} named={named} onName={setNamed} />}
      {press && <PaymentButton main={isHome} onPress={press} />}
      {isWhole && !isHome && (
        <Button kind="secondary" className="min-h-11 w-full" onClick={home}>
          Your payments
        </Button>
      )}
      <KeyHelp />
      {isHome && !client.inFrame && (
        <Link href="/admin/links/new" prefetch={false} className={buttonClass('quiet', 'min-h-11 w-full')}>
          Issue a link with all options
        </Link>
      )}
    </div>,
    <div key="main" className="min-w-0">
      {isHome && <Board client={client} zone={context.timeZone} onOpen={open} />}
      {stage.at === 'form' && (
        <PaymentForm
          key={stage.round}
          {...{ client, context, call: call.data, start: stage.start }}
          onStarted={({ session }) => open(session.id)}
          onLeave={home}
        />
      )}
      {stage.at === 'session' && (
        <SessionView
          key={stage.id}
          {...{ client, context, call: call.data, id: stage.id }}
          onAnother={isWhole ? (desk) => begin(again(desk)) : null}
        />
      )}
    </div>,
  ];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[17rem_minmax(0,1fr)]">
      {isHome ? parts : parts.toReversed()}
    </div>
  );
}

/** Beside a payment that is being taken it does not stand out: what comes next there does. */
const PaymentButton = ({ main, onPress }: { main: boolean; onPress: () => void }) => (
  <Button
    kind={main ? 'primary' : 'secondary'}
    className={cx('w-full', main ? 'min-h-14 px-6 text-lg' : 'min-h-11')}
    aria-keyshortcuts={ariaKey('payment')}
    onClick={onPress}
  >
    <PlusIcon className="size-5" /> Payment <KeyHint name="payment" onAccent={main} />
  </Button>
);

/** What stays for another payment of the same customer. */
const again = ({ history: { link } }: AgentDesk): FormStart => {
  const { name, phone, email, locale, timeZone } = link.customer;
  return {
    profile: link.profile,
    currency: link.currency,
    name: name ?? '',
    locale,
    timeZone: timeZone ?? '',
    ...((phone ?? email) && { contact: phone ?? email ?? '' }),
    email: phone ? (email ?? '') : '',
  };
};

/**
 * Call, reference and session stand in the address: a page that is loaded anew is where it was. Written only where it differs:
 * the router gives up a link that was just pressed when somebody else writes the address.
 */
function useAddress(stage: Stage, call: string | null, inFrame: boolean): void {
  const session = stage.at === 'session' ? stage.id : null;
  const reference = stage.at === 'form' ? stage.start.reference : null;
  useEffect(() => {
    if (inFrame) return;
    const query = new URLSearchParams({
      ...(call && { call }),
      ...(reference && { reference }),
      ...(session && { session }),
    });
    const address = query.size > 0 ? `/agent?${query}` : '/agent';
    const { pathname, search } = window.location;
    if (address !== pathname + search) window.history.replaceState(null, '', address);
  }, [call, reference, session, inFrame]);
}
