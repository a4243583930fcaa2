'use client';
import { useState } from 'react';
import { Button, type ButtonKind } from '@/app/_components/button';
import { TextField } from '@/app/_components/field';
import { NO_CARD } from '@/app/_components/no-card';
import { holdsCardNumber } from '@/core/card-rules';
import { refuse } from '@/core/outcome';
import { isEnd } from '@/core/payment-session';
import type { AgentCall, AgentDesk } from '@/lib/payment-sessions';
import { ActDialog } from '../../_parts/act-dialog';
import { otherChannel } from '../../_words/session-steps';
import { contactOf } from './form-values';
import { KeyHint } from './key-hint';
import { ariaKey } from './keys';
import { deskKey } from './use-desk';
import { useKeys } from './use-keys';
import type { SessionActs } from './use-session-acts';

type Props = {
  desk: AgentDesk;
  acts: SessionActs;
  /** Undefined where no call is looked for. */
  call: AgentCall | undefined;
  onAnother: (() => void) | null;
};

/** What else can be done with a session now: the other rail, the same once more, another payment, the end. */
export function ActButtons({ desk, acts, call, onAnother }: Props) {
  const [open, setOpen] = useState<'address' | 'cancel' | null>(null);
  const { session, channels, may } = desk;
  const ended = isEnd(session.state);
  const byLink = () => (channels.length > 0 ? acts.switchTo('digital') : setOpen('address'));
  const line = call?.call?.state === 'active' ? call.call : null;
  const byKeypad = () => acts.switchTo('agent_assist', line ?? undefined);
  const toLink = may.switchTo.includes('digital');
  const toKeypad = may.switchTo.includes('agent_assist');
  const canKey = toKeypad && line !== null;
  const first = channels.includes('sms') ? 'sms' : channels[0];
  const resend = may.send && session.kind === 'digital' && !ended;
  const other = resend ? otherChannel(desk) : null;
  useKeys({
    submit: may.submit ? acts.submit : undefined,
    card_number: may.requestField ? () => acts.ask('card_number') : undefined,
    expiry: may.requestField ? () => acts.ask('expiry') : undefined,
    security_code: may.requestField ? () => acts.ask('security_code') : undefined,
    link: toLink ? byLink : resend && first ? () => acts.resend(first) : undefined,
    keypad: canKey ? byKeypad : undefined,
    cancel: may.cancel ? () => setOpen('cancel') : undefined,
  });
  const main = mainAct(desk, canKey);
  const button = (name: typeof main): { kind: ButtonKind; className: string; disabled: boolean } => ({
    kind: main === name ? 'primary' : 'secondary',
    className: 'min-h-11 max-sm:w-full',
    disabled: acts.pending,
  });
  return (
    <div className="flex flex-wrap gap-3">
      {toLink && (
        <Button {...button('link')} aria-keyshortcuts={ariaKey('link')} onClick={byLink}>
          {linkLabel(desk)} <KeyHint name="link" onAccent={main === 'link'} />
        </Button>
      )}
      {other && (
        <Button kind="primary" className="min-h-11 max-sm:w-full" onClick={() => setOpen('address')}>
          {other === 'email' ? 'Send to an e-mail address' : 'Send to a mobile phone'}
        </Button>
      )}
      {resend && <Resend desk={desk} acts={acts} first={first} />}
      {toKeypad && (
        <Button
          {...button('keypad')}
          disabled={acts.pending || !canKey}
          aria-keyshortcuts={ariaKey('keypad')}
          onClick={byKeypad}
        >
          {ended && session.kind === 'agent_assist' ? 'Try the keypad again' : 'Take it by keypad instead'}
          {canKey ? <KeyHint name="keypad" onAccent={main === 'keypad'} /> : ' (no call)'}
        </Button>
      )}
      {ended && onAnother && (
        <Button {...button('another')} aria-keyshortcuts={ariaKey('payment')} onClick={onAnother}>
          {line ? 'Another payment in this call' : 'Another payment for them'}
        </Button>
      )}
      {may.cancel && (
        <Button
          kind="quiet"
          className="min-h-11 max-sm:w-full sm:ms-auto"
          disabled={acts.pending}
          aria-keyshortcuts={ariaKey('cancel')}
          onClick={() => setOpen('cancel')}
        >
          Cancel payment <KeyHint name="cancel" />
        </Button>
      )}
      <AddressDialog desk={desk} acts={acts} open={open === 'address'} onClose={() => setOpen(null)} />
      <CancelDialog desk={desk} acts={acts} open={open === 'cancel'} onClose={() => setOpen(null)} />
    </div>
  );
}

/** The one thing that mostly comes next. */
function mainAct({ session, may }: AgentDesk, canKey: boolean): 'link' | 'keypad' | 'another' | null {
  if (!isEnd(session.state)) return null;
  if (session.state === 'declined' && canKey) return 'keypad';
  return may.switchTo.includes('digital') ? 'link' : 'another';
}

function linkLabel({ session }: AgentDesk): string {
  if (session.state === 'customer_hangup' || session.state === 'agent_hangup') return 'Send the link now';
  return isEnd(session.state) ? 'Send a link' : 'Send a link instead';
}

const Resend = ({ desk, acts, first }: Pick<Props, 'desk' | 'acts'> & { first: string | undefined }) =>
  desk.channels.map((channel) => (
    <Button
      key={channel}
      kind="secondary"
      className="min-h-11 max-sm:w-full"
      disabled={acts.pending}
      aria-keyshortcuts={channel === first ? ariaKey('link') : undefined}
      onClick={() => acts.resend(channel)}
    >
      Send again by {channel === 'sms' ? 'SMS' : 'e-mail'} {channel === first && <KeyHint name="link" />}
    </Button>
  ));

type DialogProps = Pick<Props, 'desk' | 'acts'> & { open: boolean; onClose: () => void };

/** Asked only where no such address is on file: one that is stays as it is. */
function AddressDialog({ desk, acts, ...dialog }: DialogProps) {
  const other = otherChannel(desk);
  return (
    <ActDialog
      {...dialog}
      title="Where should the link go?"
      label="Send link"
      working="Sending…"
      done="The link is on its way"
      queryKey={deskKey(desk.session.id)}
      onSubmit={async (form) => {
        const contact = String(form.get('contact') ?? '');
        if (holdsCardNumber(contact)) return refuse('card_number_refused', NO_CARD);
        const given = contactOf(contact);
        const isOther = !other || (given && (other === 'email') === 'email' in given);
        return given && isOther ? acts.linkTo(given) : refuse('invalid', 'Enter where it should go.');
      }}
      explain={({ code }) =>
        code === 'invalid'
          ? other === 'email'
            ? 'Enter an e-mail address like name@example.com.'
            : `Enter a phone number with its country code, like +44 7700 900123${other ? '' : ', or an e-mail address'}.`
          : null
      }
    >
      <TextField
        name="contact"
        label={other === 'email' ? 'E-mail' : other ? 'Mobile phone' : 'Mobile phone or e-mail'}
        hint="Read it back to the caller. It is kept with this payment."
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
      />
    </ActDialog>
  );
}

const CancelDialog = ({ desk, acts, ...dialog }: DialogProps) => (
  <ActDialog
    {...dialog}
    title="Cancel this payment?"
    label="Cancel payment"
    working="Canceling…"
    done="Canceled"
    danger
    queryKey={deskKey(desk.session.id)}
    onSubmit={() => acts.cancel()}
  >
    <p>
      {desk.session.kind === 'digital'
        ? 'The customer’s link no longer works, and their page says so.'
        : 'What was keyed is wiped, and the recording goes on.'}{' '}
      It cannot be taken up again; for the same amount begin a new payment.
    </p>
  </ActDialog>
);
