'use client';
import { useQuery } from '@tanstack/react-query';
import { type ComponentType, useState } from 'react';
import { Button } from '@/app/_components/button';
import { linkAmount } from '@/app/_components/format';
import { CopyIcon, MoreIcon } from '@/app/_components/icons';
import { useToast } from '@/app/_components/toast';
import type { LinkAct } from '@/core/link-acts';
import type { DeskLink, LinkHistory } from '@/lib/payment-links';
import { readJson } from '../../_parts/live';
import { usePops } from '../../_parts/pop-menu';
import { linkActsInWords, refusalsInWords } from '../../_words/acts';
import { CancelDialog, UnlockDialog } from '../links/[id]/_acts/plain';
import type { ActProps } from '../links/[id]/_acts/props';
import { SendButtons } from '../links/[id]/_acts/send';

const LIST = ['payment-links'];
const ITEM = 'w-full justify-start!';

type Asked = { act: LinkAct; label: string; dialog: ComponentType<ActProps> };
/** What asks first. Whatever needs more than a yes is done on the page of the link. */
const ASKED: readonly Asked[] = [
  { act: 'unlock', label: 'Unlock', dialog: UnlockDialog },
  { act: 'cancel', label: 'Cancel link', dialog: CancelDialog },
];

/**
 * What is done with a link in its row: its address copied, the link sent, unlocked or canceled; and the dialog that asks first. What
 * stands in a row has no state of its own.
 */
export function useRowActs(zone: string) {
  const say = useToast();
  const pop = usePops();
  const [asked, setAsked] = useState<(Asked & { history: LinkHistory; open: boolean }) | null>(null);
  const copy = ({ url }: DeskLink) =>
    navigator.clipboard.writeText(url).then(
      () => say('The link is copied.'),
      () => say('Your browser did not copy it. Open the link and copy it there.', 'bad'),
    );
  const acts = (link: DeskLink) => {
    const name = [linkAmount(link), link.reference].filter(Boolean).join(', ');
    const isOpen = link.status === 'active' || link.status === 'partially_paid';
    return (
      <>
        {isOpen && (
          <button
            type="button"
            title="Copy link"
            aria-label={`Copy link: ${name}`}
            className="row-button"
            onClick={() => copy(link)}
          >
            <CopyIcon className="size-5" />
          </button>
        )}
        {pop(link.id, {
          button: <MoreIcon className="size-5" />,
          label: `More: ${name}`,
          className: 'row-button',
          children: (close) => (
            <Menu
              id={link.id}
              close={close}
              ask={(one, history) => {
                close();
                setAsked({ ...one, history, open: true });
              }}
            />
          ),
        })}
      </>
    );
  };
  const dialog = asked && (
    <asked.dialog
      key={`${asked.act} ${asked.history.link.id}`}
      history={asked.history}
      zone={zone}
      queryKey={LIST}
      open={asked.open}
      onClose={() => setAsked({ ...asked, open: false })}
    />
  );
  return { acts, dialog };
}

type MenuProps = { id: string; close: () => void; ask: (asked: Asked, history: LinkHistory) => void };

/** What goes is asked when it is unfolded: a row does not know it. */
function Menu({ id, close, ask }: MenuProps) {
  const { data: history, error } = useQuery({
    queryKey: ['payment-link', id],
    gcTime: 0,
    queryFn: ({ signal }) => readJson<LinkHistory>(`/api/staff/payment-links/${id}`, signal),
  });
  if (error) return <p className="text-sm text-bad">{error.message}</p>;
  if (!history)
    return (
      <p role="status" className="text-sm text-muted">
        Looking what can be done…
      </p>
    );
  const { words, goes } = linkActsInWords(history);
  const shown = ASKED.filter(({ act }) => goes(act));
  const refused = refusalsInWords(words.filter(([act]) => act === 'send' || act === 'cancel'));
  return (
    <div className="space-y-2 text-start">
      {goes('send') && <SendButtons history={history} queryKey={LIST} className={ITEM} onDone={close} />}
      {shown.map((one) => (
        <Button
          key={one.act}
          kind="secondary"
          className={one.act === 'cancel' ? `${ITEM} text-bad!` : ITEM}
          onClick={() => ask(one, history)}
        >
          {one.label}
        </Button>
      ))}
      {refused.map((text) => (
        <p key={text} className="text-sm text-muted">
          {text}
        </p>
      ))}
      {!goes('send') && shown.length + refused.length === 0 && (
        <p className="text-sm text-muted">Nothing to be done here. Open the link to see all of it.</p>
      )}
    </div>
  );
}
