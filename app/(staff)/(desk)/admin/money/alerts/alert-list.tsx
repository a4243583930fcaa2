'use client';
import Link from 'next/link';
import { Empty } from '@/app/_components/notice';
import { Ago, Time } from '@/app/_components/time';
import type { AlertKind } from '@/core/reconciliation';
import type { Alert } from '@/lib/contracts/reconciliation';
import type { LinkName } from '@/lib/payment-links';
import { useAct } from '../../../_parts/use-act';
import { LinkRef } from '../_parts/link-ref';
import { ListFrame } from '../_parts/list-frame';
import { ReasonAct } from '../_parts/reason-act';
import { usePages } from '../_parts/use-pages';
import { putAway } from './actions';
import { BreakerCard } from './breaker-card';
import { PageCard } from './page-card';
import type { AlertsPage } from './read';

type Props = { first: AlertsPage; zone: string; mayAct: boolean };

/** Whether payments are paused, how the payer's page was, and the open alerts, newest first; live. */
export function AlertList({ first, zone, mayAct }: Props) {
  const list = usePages('money/alerts', {}, first);
  const { breaker, check } = list.pages[0] ?? first;
  const data = list.pages.flatMap((page) => page.data);
  const links = Object.assign({}, ...list.pages.map((page) => page.links)) as AlertsPage['links'];
  return (
    <div className="space-y-5">
      <BreakerCard breaker={breaker} zone={zone} mayAct={mayAct} />
      <PageCard check={check} zone={zone} />
      <ListFrame zone={zone} list={list}>
        {data.length === 0 ? (
          <Empty title="No open alert">
            <p>Nothing has happened that somebody must know.</p>
          </Empty>
        ) : (
          <ul className="space-y-3" aria-label="Open alerts, newest first">
            {data.map((one) => (
              <Item
                key={`${one.kind} ${one.subject}`}
                one={one}
                name={one.paymentLink ? links[one.paymentLink] : undefined}
                zone={zone}
                mayAct={mayAct}
              />
            ))}
          </ul>
        )}
      </ListFrame>
    </div>
  );
}

/** `ofSubject`: the page of what the alert is about lies below it. */
type Place = { href: string; label: string; ofSubject?: boolean };
const KINDS: Record<AlertKind, { title: string; place: Place | null }> = {
  unknown_attempt: {
    title: 'Payment unknown for a day',
    place: { href: '/admin/money/unknown', label: 'Unknown outcomes' },
  },
  unknown_refund: {
    title: 'Refund unknown for a day',
    place: { href: '/admin/money/unknown', label: 'Unknown outcomes' },
  },
  mismatch: {
    title: 'Mismatch with the gateway',
    place: { href: '/admin/money/notices', label: 'Notices set aside' },
  },
  duplicate_charge: { title: 'Charged a second time', place: null },
  decided_otherwise: { title: 'The gateway tells otherwise than was decided', place: null },
  balance_difference: {
    title: 'The balance differs',
    place: { href: '/admin/money/balance?gaps=1', label: 'Days with differences' },
  },
  card_testing: { title: 'Card testing', place: null },
  link_requests: {
    title: 'Very many requests for new links',
    place: { href: '/admin/money/requests', label: 'New-link requests' },
  },
  recording_off: { title: 'A call is still not recorded', place: null },
  page_changed: { title: 'The payer’s page was changed', place: null },
  page_not_looked_at: { title: 'Nobody looks at the payer’s page', place: null },
  audit_trail_broken: {
    title: 'The audit trail was changed',
    place: { href: '/admin/audit', label: 'Audit log' },
  },
  webhook_endpoint_failing: {
    title: 'A webhook endpoint is failing',
    place: { href: '/admin/webhooks', label: 'The endpoint', ofSubject: true },
  },
};

type ItemProps = { one: Alert; name: LinkName | undefined; zone: string; mayAct: boolean };

function Item({ one, name, zone, mayAct }: ItemProps) {
  const { title, place } = KINDS[one.kind];
  return (
    <li className="rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
      <h2 className="text-base font-semibold">{title}</h2>
      {one.paymentLink && (
        <p className="mt-0.5">
          On <LinkRef id={one.paymentLink} name={name} />
        </p>
      )}
      <p className="mt-2 max-w-3xl">{one.message}</p>
      <p className="mt-1 text-sm text-muted">
        <Time at={one.raisedAt} zone={zone} style="full" /> (<Ago at={one.raisedAt} />)
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        {mayAct && <PutAway one={one} />}
        {place && (
          <Link
            href={place.ofSubject ? `${place.href}/${one.subject}` : place.href}
            prefetch={false}
            className="font-medium text-accent underline underline-offset-2"
          >
            {place.label}
          </Link>
        )}
        {/_/.test(one.subject) && !one.subject.includes(' ') && (
          <span className="font-mono text-xs break-all text-muted">{one.subject}</span>
        )}
      </div>
    </li>
  );
}

function PutAway({ one: { kind, subject } }: { one: Alert }) {
  const { pending, act } = useAct(['money']);
  return (
    <ReasonAct
      label="Put away"
      title="Put this alert away?"
      hint="What was the matter, and what you did about it."
      pending={pending}
      onReason={(reason, close) =>
        act(() => putAway({ kind, subject, reason }), 'The alert is put away.', close)
      }
    >
      <p>
        It changes nothing but the alert: no money moves, and a pause goes on. If the same happens again, it
        is raised again.
      </p>
    </ReasonAct>
  );
}
