'use client';
import { useState } from 'react';
import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { moneyText } from '@/app/_components/format';
import { Empty, Notice } from '@/app/_components/notice';
import { Ago, Time } from '@/app/_components/time';
import { brandName } from '@/core/card-rules';
import { OPERATOR_AFTER_SECONDS } from '@/core/retry-schedule';
import type { Unknown } from '@/lib/contracts/reconciliation';
import type { LinkName } from '@/lib/payment-links';
import { useAct } from '../../../_parts/use-act';
import { DecideDialog } from '../../links/[id]/_acts/settle';
import { Facts } from '../_parts/facts';
import { LinkRef } from '../_parts/link-ref';
import { ListFrame } from '../_parts/list-frame';
import { usePages } from '../_parts/use-pages';
import { lastedText } from '../_parts/words';
import { askGateway } from './actions';
import type { UnknownPage } from './read';

type Props = { first: UnknownPage; zone: string; mayAsk: boolean; mayDecide: boolean };

/** What nobody knows the outcome of, oldest first, live: an entry goes by itself when the gateway has told. */
export function UnknownList({ first, zone, ...may }: Props) {
  const list = usePages('money/unknown', {}, first);
  const all = list.pages.flatMap((page) => page.data);
  const links = Object.assign({}, ...list.pages.map((page) => page.links)) as UnknownPage['links'];
  return (
    <ListFrame zone={zone} list={list}>
      {all.length === 0 ? (
        <Empty title="Every outcome is known">
          <p>
            A payment or refund stands here from the moment its answer is lost until the gateway has told.
          </p>
        </Empty>
      ) : (
        <ul className="space-y-3" aria-label="Unknown outcomes, oldest first">
          {all.map((one) => (
            <Item key={one.id} one={one} name={links[one.paymentLink]} zone={zone} {...may} />
          ))}
        </ul>
      )}
    </ListFrame>
  );
}

/** Why it is not known, where that says more than that no answer came. */
const WHY: Record<string, string> = {
  timeout: 'The gateway did not answer in time.',
  reset: 'The connection broke before the gateway’s answer came.',
  garbled: 'The gateway’s answer could not be read.',
  mismatch: 'The gateway answered for another amount, currency or reference.',
};
const whyOf = ({ reason, state }: Unknown): string => {
  const status = /^status_(\d{3})$/.exec(reason ?? '')?.[1];
  if (status) return `The gateway answered with the error ${status}.`;
  if (state === 'submitted') return 'It was sent, and no answer was ever recorded.';
  return WHY[reason ?? ''] ?? 'The gateway has not told what became of it.';
};

type ItemProps = Omit<Props, 'first'> & { one: Unknown; name: LinkName | undefined };

function Item({ one, name, zone, mayAsk, mayDecide }: ItemProps) {
  const what = one.object === 'refund' ? 'Refund' : 'Payment';
  return (
    <li className="rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <h2 className="text-lg font-semibold tabular-nums" suppressHydrationWarning>
          {moneyText(one)}
        </h2>
        {one.operatorSince ? <Badge tone="bad">Needs you</Badge> : <Badge tone="warn">Being asked</Badge>}
      </div>
      <p className="mt-0.5">
        {what} on <LinkRef id={one.paymentLink} name={name} />
        {one.card && (
          <span className="text-muted">
            {' '}
            · {brandName(one.card.brand)} ending in {one.card.last4}
          </span>
        )}
      </p>
      <p className="mt-2 text-sm">{whyOf(one)}</p>
      <Asked one={one} zone={zone} />
      {one.operatorSince && <ByHand one={one} zone={zone} />}
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        {mayAsk && <AskNow id={one.id} />}
        {mayDecide && isDue(one) && <DecideByHand one={one} />}
        <span className="font-mono text-xs break-all text-muted">{one.id}</span>
      </div>
    </li>
  );
}

/** How long it has been open, how often the gateway was asked, and when it is asked next. */
const Asked = ({ one, zone }: { one: Unknown; zone: string }) => (
  <Facts
    rows={[
      [
        'Unknown for',
        <span key="for" suppressHydrationWarning>
          {lastedText(one.ageSeconds)}
        </span>,
      ],
      ['Sent', <Time key="sent" at={one.since} zone={zone} style="full" />],
      ['Gateway asked', <LastRead key="asked" one={one} zone={zone} />],
      ['Asked again', <NextRead key="again" at={one.nextReadAt} />],
    ]}
  />
);

const LastRead = ({ one, zone }: { one: Unknown; zone: string }) =>
  one.lastReadAt ? (
    <>
      {one.reads === 1 ? 'once' : `${one.reads} times`}, last{' '}
      <Time at={one.lastReadAt} zone={zone} style="full" />
    </>
  ) : (
    'not yet'
  );

function NextRead({ at }: { at: string | null }) {
  if (at === null) return 'within a minute';
  return Date.parse(at) <= Date.now() ? <span suppressHydrationWarning>now</span> : <Ago at={at} />;
}

/** After a day: what a person can do. Nothing here charges. */
const ByHand = ({ one, zone }: { one: Unknown; zone: string }) => (
  <div className="mt-3">
    <Notice tone="warn">
      <p>
        <strong className="font-semibold">Look it up at the gateway.</strong> It stands there under the
        reference <code className="font-mono text-[0.8125rem] break-all">{one.id}</code>
        {one.gatewayReference && (
          <>
            {' '}
            (the gateway’s own: <code className="font-mono text-[0.8125rem]">{one.gatewayReference}</code>)
          </>
        )}
        . What the gateway says is taken over here when it is asked next.{' '}
        {one.object === 'refund'
          ? 'Do not refund it again.'
          : 'Do not take the payment again in another way until you know. If the gateway cannot tell by itself, decide by hand.'}
      </p>
      <p className="mt-1 text-sm">
        {one.reason === 'mismatch' ? 'It holds something else than was asked for. ' : ''}
        Handed to you <Time at={one.operatorSince ?? one.since} zone={zone} style="full" />.
      </p>
    </Notice>
  </div>
);

/** A refund is followed until the gateway tells; only of a payment may a person say what became of it. */
const isDue = ({ object, state, ageSeconds }: Unknown): boolean =>
  object === 'payment_attempt' && state !== 'authorized' && ageSeconds >= OPERATOR_AFTER_SECONDS;

function DecideByHand({ one }: { one: Unknown }) {
  const [asked, setAsked] = useState({ open: false, round: 0 });
  return (
    <>
      <Button kind="secondary" onClick={() => setAsked({ open: true, round: asked.round + 1 })}>
        Decide by hand
      </Button>
      <DecideDialog
        key={asked.round}
        attempt={one}
        queryKey={['money']}
        open={asked.open}
        onClose={() => setAsked({ ...asked, open: false })}
      />
    </>
  );
}

function AskNow({ id }: { id: string }) {
  const { pending, act } = useAct(['money']);
  return (
    <Button
      kind="secondary"
      disabled={pending}
      onClick={() => act(() => askGateway(id), 'The gateway is being asked.')}
    >
      {pending ? 'Asking…' : 'Ask the gateway now'}
    </Button>
  );
}
