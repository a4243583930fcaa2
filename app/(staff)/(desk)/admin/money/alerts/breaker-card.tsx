'use client';
import { Badge } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { Ago, Time } from '@/app/_components/time';
import type { Breaker } from '@/lib/contracts/reconciliation';
import { useAct } from '../../../_parts/use-act';
import { ReasonAct } from '../_parts/reason-act';
import { pausePayments, takePayments } from './actions';

type Props = { breaker: Breaker; zone: string; mayAct: boolean };

/** Whether new payments on the web are taken, and the way to pause or to take them again. */
export const BreakerCard = ({ breaker, zone, mayAct }: Props) => (
  <Card
    id="breaker"
    title="Payments on the web"
    className="max-w-3xl"
    aside={
      <span aria-live="polite">
        {breaker.state === 'open' ? <Badge tone="bad">Paused</Badge> : <Badge tone="ok">Taken</Badge>}
      </span>
    }
  >
    {breaker.until ? (
      <p>
        Paused until <Time at={breaker.until} zone={zone} style="full" />, <Ago at={breaker.until} />. Payers
        read that payments cannot be taken right now. Payments under way and by telephone go on.
      </p>
    ) : (
      <p className="text-muted">
        They are paused by themselves when 80 % or more of at least 20 tries within ten minutes are declined,
        which looks like somebody testing stolen cards.
      </p>
    )}
    <p className="mt-1 text-sm text-muted">
      Last ten minutes: {countedText(breaker)}. Last 24 hours: {countedText(breaker.day)}.
    </p>
    {mayAct && <div className="mt-3">{breaker.state === 'open' ? <Take /> : <Pause />}</div>}
  </Card>
);

const countedText = ({ tries, declined }: Breaker['day']): string =>
  `${tries === 1 ? '1 try' : `${tries} tries`}, ${declined} declined`;

function Pause() {
  const { pending, act } = useAct(['money']);
  return (
    <ReasonAct
      label="Pause for 15 minutes"
      kind="danger"
      title="Take no payments on the web?"
      hint="What you have seen, for those who read it later."
      pending={pending}
      onReason={(reason, close) =>
        act(() => pausePayments({ reason }), 'Payments on the web are paused.', close)
      }
    >
      <p>
        For 15 minutes nobody can begin a payment on your pages; they read that they should try again later.
        Payments under way and by telephone go on. You can end the pause before.
      </p>
    </ReasonAct>
  );
}

function Take() {
  const { pending, act } = useAct(['money']);
  return (
    <ReasonAct
      label="Take payments again"
      title="Take payments again now?"
      hint="Why this is no card testing, or what you did about it."
      pending={pending}
      onReason={(reason, close) => act(() => takePayments({ reason }), 'Payments are taken again.', close)}
    >
      <p>
        Everybody can pay at once. Tries until now count no more; if many are declined again, payments are
        paused again. Card testing costs you fees for each try: be sure that it is over.
      </p>
    </ReasonAct>
  );
}
