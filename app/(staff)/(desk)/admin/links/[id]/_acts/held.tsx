'use client';
import { moneyText } from '@/app/_components/format';
import { ActDialog } from '../../../../_parts/act-dialog';
import { cardText } from '../../../../_words/cards';
import { underWay } from '../../../../_words/situation';
import { releaseHeld, takeHeld } from '../actions';
import type { ActProps } from './props';

/** Takes money that is held, whole. */
export function CaptureDialog({ history, queryKey, open, onClose }: ActProps) {
  const attempt = underWay(history.attempts);
  const amount = attempt ? moneyText(attempt) : '';
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title={`Take ${amount}?`}
      label={`Take ${amount}`}
      working="Asking the gateway…"
      done={`${amount} is taken.`}
      queryKey={queryKey}
      onSubmit={() => takeHeld(attempt?.id ?? '')}
    >
      <p className="text-muted">
        {amount} is held on {cardText(attempt?.card ?? null)}. Taken, it is paid, and can be refunded in whole
        or in part. A hold is taken whole.
      </p>
    </ActDialog>
  );
}

/** Gives back money that is held, whole. */
export function ReleaseDialog({ history, queryKey, open, onClose }: ActProps) {
  const attempt = underWay(history.attempts);
  const amount = attempt ? moneyText(attempt) : '';
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title={`Release the hold of ${amount}?`}
      label="Release the hold"
      working="Asking the gateway…"
      danger
      done="The hold is released."
      queryKey={queryKey}
      onSubmit={() => releaseHeld(attempt?.id ?? '')}
    >
      <p className="text-muted">
        {amount} on {cardText(attempt?.card ?? null)} goes back to the customer, whole, and nothing is
        charged. This cannot be undone.{' '}
        {history.link.canceledAt
          ? 'The link stays canceled.'
          : 'The link is open again: they can pay with it anew.'}
      </p>
    </ActDialog>
  );
}
