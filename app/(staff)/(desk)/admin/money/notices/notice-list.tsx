'use client';
import { Badge } from '@/app/_components/badge';
import { moneyText } from '@/app/_components/format';
import { Empty } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import type { HeldNotification } from '@/lib/gateway-notifications';
import type { LinkName } from '@/lib/payment-links';
import { useAct } from '../../../_parts/use-act';
import { Facts } from '../_parts/facts';
import { LinkRef } from '../_parts/link-ref';
import { ListFrame } from '../_parts/list-frame';
import { ReasonAct } from '../_parts/reason-act';
import { usePages } from '../_parts/use-pages';
import { applyAgain, dismiss } from './actions';
import type { NoticesPage } from './read';
import { adviceOf, saidText, sentence, subjectOf } from './words';

type Props = { first: NoticesPage; zone: string; mayDecide: boolean };

/** What the gateway said that cannot be, newest first, live. */
export function NoticeList({ first, zone, mayDecide }: Props) {
  const list = usePages('money/notices', {}, first);
  const data = list.pages.flatMap((page) => page.data);
  const links = Object.assign({}, ...list.pages.map((page) => page.links)) as NoticesPage['links'];
  return (
    <ListFrame zone={zone} list={list}>
      {data.length === 0 ? (
        <Empty title="Nothing was set aside">
          <p>All that the gateway has told agrees with what is known here.</p>
        </Empty>
      ) : (
        <ul className="space-y-3" aria-label="Notices set aside, newest first">
          {data.map((one) => (
            <Item
              key={`${one.profile} ${one.id}`}
              one={one}
              name={one.paymentLink ? links[one.paymentLink] : undefined}
              zone={zone}
              mayDecide={mayDecide}
            />
          ))}
        </ul>
      )}
    </ListFrame>
  );
}

type ItemProps = { one: HeldNotification; name: LinkName | undefined; zone: string; mayDecide: boolean };

const Item = ({ one, name, zone, mayDecide }: ItemProps) => (
  <li className="rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
      <h2 className="text-base font-semibold">{subjectOf(one)}</h2>
      <Badge tone="bad">Set aside</Badge>
    </div>
    <p className="mt-0.5">
      {one.paymentLink ? (
        <>
          On <LinkRef id={one.paymentLink} name={name} />
        </>
      ) : (
        <span className="text-muted">On no payment that is known here</span>
      )}
    </p>
    <p className="mt-2 font-medium">{sentence(one.reason)}</p>
    <Facts
      rows={[
        ['Gateway says', <Said key="said" one={one} />],
        one.asked && ['The try was for', <Amount key="asked" money={one.asked} />],
        ['It came', <Time key="came" at={one.receivedAt} zone={zone} style="full" />],
        one.paymentAttempt && ['Reference', <Code key="reference">{one.paymentAttempt}</Code>],
        ['Notice', <Code key="notice">{`${one.type} ${one.id}`}</Code>],
      ]}
    />
    <p className="mt-3 max-w-3xl text-sm text-muted">{adviceOf(one)}</p>
    {mayDecide && <Decide one={one} />}
  </li>
);

const Code = ({ children }: { children: string }) => (
  <code className="font-mono text-[0.8125rem] break-all">{children}</code>
);
const Amount = ({ money }: { money: { amountMinor: number; currency: string } }) => (
  <span className="tabular-nums" suppressHydrationWarning>
    {moneyText(money)}
  </span>
);
const Said = ({ one }: { one: HeldNotification }) => (
  <span className="tabular-nums" suppressHydrationWarning>
    {saidText(one)}
  </span>
);

function Decide({ one }: { one: HeldNotification }) {
  const { pending, act } = useAct(['money']);
  const { profile, id } = one;
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <ReasonAct
        label="Apply again"
        title="Apply this notice again?"
        hint="What has changed since, for those who read it later."
        optional
        pending={pending}
        onReason={(reason, close) =>
          act(
            () => applyAgain({ profile, id, ...(reason && { reason }) }),
            'It is being judged again.',
            close,
          )
        }
      >
        <p>
          It is judged as if it had just come; where that needs the gateway’s word, the gateway is read. If it
          still cannot be, it comes back here.
        </p>
      </ReasonAct>
      <ReasonAct
        label="Dismiss"
        kind="danger"
        title="Dismiss this notice for good?"
        hint="What you found at the gateway, for those who read it later."
        pending={pending}
        onReason={(reason, close) =>
          act(() => dismiss({ profile, id, reason }), 'The notice is dismissed.', close)
        }
      >
        <p>
          What it says is not taken over, now or later. No money moves by this. The payment keeps the state
          that it has here.
        </p>
      </ReasonAct>
    </div>
  );
}
