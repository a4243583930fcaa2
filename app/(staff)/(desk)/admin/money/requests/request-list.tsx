'use client';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { Dialog } from '@/app/_components/dialog';
import { Empty } from '@/app/_components/notice';
import { Ago, Time } from '@/app/_components/time';
import type { LinkRequest } from '@/lib/contracts/link-requests';
import { useAct } from '../../../_parts/use-act';
import { LinkRef } from '../_parts/link-ref';
import { ListFrame } from '../_parts/list-frame';
import { usePages } from '../_parts/use-pages';
import { decide } from './actions';
import type { RequestsPage } from './read';
import { Rules } from './rules';

type Props = { first: RequestsPage; zone: string; may: { decide: boolean; setRule: boolean } };

/** Wishes for a new link that wait, oldest first, live; and what is done with such a wish. */
export function RequestList({ first, zone, may }: Props) {
  const list = usePages('money/requests', {}, first);
  const { profiles } = list.pages[0] ?? first;
  const data = list.pages.flatMap((page) => page.data);
  return (
    <div className="space-y-6">
      <ListFrame zone={zone} list={list}>
        {data.length === 0 ? (
          <Empty title="No request waits">
            <p>
              One stands here when a customer asks and staff are to decide, or when cards were tried on the
              link too often.
            </p>
          </Empty>
        ) : (
          <ul className="space-y-3" aria-label="Requests, oldest first">
            {data.map((one) => (
              <Item key={one.id} one={one} zone={zone} mayDecide={may.decide} />
            ))}
          </ul>
        )}
      </ListFrame>
      {profiles && <Rules profiles={profiles} maySet={may.setRule} />}
    </div>
  );
}

const Item = ({ one, zone, mayDecide }: { one: LinkRequest; zone: string; mayDecide: boolean }) => (
  <li className="rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
    <h2 className="text-base font-semibold">
      <LinkRef id={one.paymentLink} name={one} />
    </h2>
    {one.reference && one.description && <p>{one.description}</p>}
    <p className="mt-1 text-sm text-muted">
      Asked <Ago at={one.createdAt} />, <Time at={one.createdAt} zone={zone} style="long" />
    </p>
    <p className="text-sm text-muted">
      Could be paid until <Time at={one.linkExpiresAt} zone={zone} style="long" />
    </p>
    {mayDecide && <Decide one={one} />}
  </li>
);

function Decide({ one: { id, customerName } }: { one: LinkRequest }) {
  const { pending, act } = useAct(['money']);
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <Button
        disabled={pending}
        onClick={() => act(() => decide(id, { decision: 'approve' }), 'A new link is on its way.')}
      >
        Send a new link
      </Button>
      <Button
        kind="quiet"
        className="text-bad hover:bg-bad-soft"
        disabled={pending}
        onClick={() => setAsking(true)}
      >
        Refuse
      </Button>
      <Dialog open={asking} onClose={close} title="Refuse this request?">
        <p className="mt-2 text-muted">
          {customerName ?? 'The customer'} gets no new link, and cannot ask on that page again for now. You
          can still issue it anew yourself.
        </p>
        <div className="mt-6 flex flex-wrap justify-end gap-3">
          <Button kind="secondary" onClick={close}>
            Leave it
          </Button>
          <Button
            kind="danger"
            disabled={pending}
            onClick={() => act(() => decide(id, { decision: 'refuse' }), 'The request is refused.', close)}
          >
            Refuse it
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
