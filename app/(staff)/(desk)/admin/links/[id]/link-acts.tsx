'use client';
import { type ComponentType, useState } from 'react';
import { Button, type ButtonKind } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import type { LinkAct } from '@/core/link-acts';
import type { LinkHistory } from '@/lib/payment-links';
import { useAct } from '../../../_parts/use-act';
import { linkActsInWords, refusalsInWords } from '../../../_words/acts';
import { EditDialog } from './_acts/edit';
import { EndDialog } from './_acts/end';
import { EraseDialog } from './_acts/erase';
import { CaptureDialog, ReleaseDialog } from './_acts/held';
import { CancelDialog, UnlockDialog } from './_acts/plain';
import type { ActProps } from './_acts/props';
import { RefundDialog } from './_acts/refund';
import { ReissueDialog } from './_acts/reissue';
import { SendButtons } from './_acts/send';
import { SettleDialog } from './_acts/settle';
import { decideRequest } from './actions';

type Asked = {
  act: LinkAct;
  label: string;
  kind: ButtonKind;
  dialog: ComponentType<ActProps>;
};

/** The acts that ask first, in the order in which they are needed. */
const ASKED: Asked[] = [
  { act: 'capture', label: 'Take the money', kind: 'primary', dialog: CaptureDialog },
  { act: 'void', label: 'Release the hold', kind: 'secondary', dialog: ReleaseDialog },
  { act: 'unlock', label: 'Unlock', kind: 'primary', dialog: UnlockDialog },
  { act: 'settle', label: 'Decide by hand', kind: 'secondary', dialog: SettleDialog },
  { act: 'refund', label: 'Refund', kind: 'secondary', dialog: RefundDialog },
  { act: 'reissue', label: 'Issue anew', kind: 'secondary', dialog: ReissueDialog },
  { act: 'change', label: 'Move pay-by time', kind: 'secondary', dialog: EndDialog },
  { act: 'change', label: 'Edit', kind: 'secondary', dialog: EditDialog },
  { act: 'cancel', label: 'Cancel link', kind: 'secondary', dialog: CancelDialog },
  { act: 'erase', label: 'Erase customer data', kind: 'secondary', dialog: EraseDialog },
];

type Props = { history: LinkHistory; zone: string };

/** What can be done with the link as it stands, by this person; and, of what cannot, why not. */
export function LinkActs({ history, zone }: Props) {
  const queryKey = ['payment-link', history.link.id];
  const [asked, setAsked] = useState({ label: '', open: false, round: 0 });
  const { words, goes } = linkActsInWords(history);
  const refused = refusalsInWords(words);
  const shown = ASKED.filter(({ act }) => goes(act));
  // What was asked stays open with what was typed, also when the link has moved on meanwhile: the verb then says so.
  const ActDialog = ASKED.find(({ label }) => label === asked.label)?.dialog;
  const nothing = shown.length === 0 && !goes('send') && !goes('decide');
  if (nothing && refused.length === 0 && !asked.open) return null;
  return (
    <Card id="acts" title="What you can do">
      <div className="flex flex-wrap gap-2">
        {goes('decide') && <DecideButtons history={history} queryKey={queryKey} />}
        {goes('send') && <SendButtons history={history} queryKey={queryKey} />}
        {shown.map(({ act, label, kind }) => (
          <Button
            key={label}
            kind={kind}
            className={act === 'cancel' || act === 'erase' ? 'text-bad!' : undefined}
            onClick={() => setAsked({ label, open: true, round: asked.round + 1 })}
          >
            {label}
          </Button>
        ))}
      </div>
      {refused.length > 0 && (
        <ul className={nothing ? 'space-y-1 text-muted' : 'mt-3 space-y-1 text-sm text-muted'}>
          {refused.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {ActDialog && (
        <ActDialog
          key={asked.round}
          history={history}
          zone={zone}
          queryKey={queryKey}
          open={asked.open}
          onClose={() => setAsked({ ...asked, open: false })}
        />
      )}
    </Card>
  );
}

type ButtonsProps = { history: LinkHistory; queryKey: string[] };

function DecideButtons({ history: { standing }, queryKey }: ButtonsProps) {
  const { pending, act } = useAct(queryKey);
  const id = standing.request?.id ?? '';
  return (
    <>
      <Button
        disabled={pending}
        onClick={() => act(() => decideRequest(id, 'approve'), 'A new link is on its way to the customer.')}
      >
        Send the new link
      </Button>
      <Button
        kind="secondary"
        disabled={pending}
        onClick={() => act(() => decideRequest(id, 'refuse'), 'The request is refused.')}
      >
        Refuse it
      </Button>
    </>
  );
}
