'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState, useTransition } from 'react';
import { Button } from '@/app/_components/button';
import { Dialog } from '@/app/_components/dialog';
import { STAFF_LOCALE } from '@/app/_components/format';
import { MailIcon, PhoneIcon } from '@/app/_components/icons';
import { useToast } from '@/app/_components/toast';
import { formatMoney } from '@/core/money';
import type { Outcome } from '@/core/outcome';
import type { Channel } from '@/core/payment-link';
import type { PaymentLink } from '@/lib/contracts/payment-links';
import { cancelLink, sendLink } from './actions';

type Props = { link: PaymentLink; may: { send: boolean; cancel: boolean } };

/** Runs an act once at a time, says how it ended, and reads the link anew. */
function useAct(id: string) {
  const [pending, start] = useTransition();
  const client = useQueryClient();
  const say = useToast();
  const act = (work: () => Promise<Outcome<unknown>>, done: string) =>
    start(async () => {
      const outcome = await work().catch(() => null);
      if (outcome?.ok) say(done);
      else say(outcome?.error.message ?? 'The portal does not answer. Nothing was done; try again.', 'bad');
      await client.invalidateQueries({ queryKey: ['payment-link', id] });
    });
  return { pending, act };
}

/** Send again and cancel, where the link's state and the person's role allow them. */
export function LinkActs({ link, may }: Props) {
  const { pending, act } = useAct(link.id);
  const [asking, setAsking] = useState(false);
  const { email, phone } = link.customer;
  const sendable = may.send && link.status === 'active';
  const cancelable = may.cancel && (link.status === 'active' || link.status === 'locked');
  if (!cancelable && !(sendable && (email || phone))) return null;
  const send = (channel: Channel, to: string) =>
    act(() => sendLink(link.id, channel), `On its way to ${to}.`);
  return (
    <div className="flex flex-wrap gap-2">
      {sendable && phone && (
        <Button kind="secondary" disabled={pending} onClick={() => send('sms', phone)}>
          <PhoneIcon /> Send by SMS
        </Button>
      )}
      {sendable && email && (
        <Button kind="secondary" disabled={pending} onClick={() => send('email', email)}>
          <MailIcon /> Send by e-mail
        </Button>
      )}
      {cancelable && (
        <Button kind="quiet" className="text-bad hover:bg-bad-soft" onClick={() => setAsking(true)}>
          Cancel link
        </Button>
      )}
      <Dialog open={asking} onClose={() => setAsking(false)} title="Cancel this payment link?">
        <p className="mt-2 text-muted">
          The customer can no longer pay {formatMoney(link, STAFF_LOCALE)} with it; the page will say that it
          was canceled. This cannot be undone. You can issue a new link at any time.
        </p>
        <div className="mt-6 flex flex-wrap justify-end gap-3">
          <Button kind="secondary" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <Button
            kind="danger"
            disabled={pending}
            onClick={() => {
              setAsking(false);
              act(() => cancelLink(link.id), 'The link is canceled.');
            }}
          >
            Cancel link
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
