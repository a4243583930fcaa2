'use client';
import { linkAmount } from '@/app/_components/format';
import { ActDialog } from '../../../../_parts/act-dialog';
import { underWay } from '../../../../_words/situation';
import { cancelLink, unlockLink } from '../actions';
import type { ActProps } from './props';

/** Takes the link back for good, also while somebody pays; says what that does and what it does not. */
export function CancelDialog({ history, queryKey, open, onClose }: ActProps) {
  const { link } = history;
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title="Cancel this payment link?"
      label="Cancel link"
      working="Canceling…"
      danger
      done="The link is canceled."
      queryKey={queryKey}
      onSubmit={() => cancelLink(link.id)}
    >
      {link.status === 'processing' && <p className="font-medium">{whatHappensTo(history)}</p>}
      <p className="text-muted">
        The customer can no longer pay {linkAmount(link)} with it; the page will say that it was canceled.
        {link.capturedMinor > 0 && ' What was paid already stays paid; refund it if it is to go back.'} This
        cannot be undone. You can issue a new link at any time.
      </p>
    </ActDialog>
  );
}

function whatHappensTo({ attempts }: ActProps['history']): string {
  switch (underWay(attempts)?.state) {
    case 'requires_action':
      return 'The customer is at their bank’s check right now. The payment is taken back and nothing is charged.';
    case 'authorized':
      return 'Money is held on the customer’s card. The hold is released.';
    default:
      return 'A card was sent just now, and that cannot be stopped. If money comes, it is told as a late payment, and you can refund it.';
  }
}

/** Lets the customer try again after too many tries. */
export function UnlockDialog({ history, queryKey, open, onClose }: ActProps) {
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title="Unlock this link?"
      label="Unlock"
      working="Unlocking…"
      done="Unlocked. The customer can try again."
      queryKey={queryKey}
      onSubmit={() => unlockLink(history.link.id)}
    >
      <p className="text-muted">
        The customer’s open page is ready again by itself, for five more tries with three cards. Do this when
        you know who is trying: many cards in a row can also be a thief who tests them.
      </p>
    </ActDialog>
  );
}
