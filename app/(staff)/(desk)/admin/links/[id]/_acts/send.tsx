'use client';
import type { QueryKey } from '@tanstack/react-query';
import { Button } from '@/app/_components/button';
import { MailIcon, PhoneIcon } from '@/app/_components/icons';
import type { Channel } from '@/core/payment-link';
import type { LinkHistory } from '@/lib/payment-links';
import { useAct } from '../../../../_parts/use-act';
import { sendLink } from '../actions';

type Props = { history: LinkHistory; queryKey: QueryKey; className?: string; onDone?: () => void };

/** Sends the link again, by what there is an address for. */
export function SendButtons({ history: { link, standing }, queryKey, className, onDone }: Props) {
  const { pending, act } = useAct(queryKey);
  const { phone, email } = link.customer;
  const send = (channel: Channel, to: string) =>
    act(() => sendLink(link.id, channel), `On its way to ${to}.`, onDone);
  return (
    <>
      {phone && standing.channels.includes('sms') && (
        <Button kind="secondary" className={className} disabled={pending} onClick={() => send('sms', phone)}>
          <PhoneIcon /> Send by SMS
        </Button>
      )}
      {email && standing.channels.includes('email') && (
        <Button
          kind="secondary"
          className={className}
          disabled={pending}
          onClick={() => send('email', email)}
        >
          <MailIcon /> Send by e-mail
        </Button>
      )}
    </>
  );
}
