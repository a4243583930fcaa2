'use client';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import type { Contact, ReminderPlan } from '@/lib/payment-links';
import { ActDialog } from '../../../_parts/act-dialog';
import { liftOptOut, noteOptOut } from './actions';

type Props = { link: string; reminders: ReminderPlan; zone: string };

/** When the customer was and will be reminded, or why not; and whether they want to hear from us at all. */
export function Reminders({ link, reminders, zone }: Props) {
  const { lastAt, nextAt, none, contacts } = reminders;
  return (
    <Card id="reminders" title="Reminders">
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-2">
        <dt className="text-muted">Last</dt>
        <dd>{lastAt ? <Time at={lastAt} zone={zone} /> : 'None yet'}</dd>
        <dt className="text-muted">Next</dt>
        <dd className="break-words">{nextAt ? <Time at={nextAt} zone={zone} /> : `None: ${none}`}</dd>
      </dl>
      {contacts.length > 0 && (
        <ul className="mt-3 space-y-3 border-t border-line pt-3">
          {contacts.map((contact) => (
            <li key={contact.channel} className="flex flex-wrap items-start justify-between gap-2">
              <Wish contact={contact} zone={zone} />
              {(contact.mayNote || contact.mayLift) && <OptOutAct link={link} contact={contact} />}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Wish({ contact: { channel, optOut }, zone }: { contact: Contact; zone: string }) {
  const what = channel === 'sms' ? 'SMS' : 'reminders';
  if (!optOut) return <p className="py-2">{channel === 'sms' ? 'SMS' : 'Reminders by e-mail'} may be sent</p>;
  const how = {
    sms_stop: 'answered STOP. Only they can take it back, with START.',
    unsubscribe: 'unsubscribed. Only they can take it back, at the page where they did.',
    staff: `told ${optOut.by}. An admin can lift it.`,
  }[optOut.how];
  return (
    <p className="min-w-0 flex-1 basis-40">
      <strong className="font-medium text-bad">Wants no {what}</strong> since{' '}
      <Time at={optOut.at} zone={zone} />: {how}
    </p>
  );
}

/** Notes that a customer wants no more, or lifts what staff noted. */
function OptOutAct({ link, contact }: { link: string; contact: Contact }) {
  const [asked, setAsked] = useState(false);
  const { channel, address, optOut } = contact;
  const what = channel === 'sms' ? 'SMS' : 'reminders';
  return (
    <>
      <Button kind="quiet" className="-mx-4" onClick={() => setAsked(true)}>
        {optOut ? `Allow ${what} again` : `Wants no ${what}`}
      </Button>
      <ActDialog
        open={asked}
        onClose={() => setAsked(false)}
        title={optOut ? `Send ${what} to ${address} again?` : `No more ${what} to ${address}?`}
        label={optOut ? `Allow ${what} again` : `Send no more ${what}`}
        working="Saving…"
        done={optOut ? `${address} can get ${what} again.` : `${address} gets no more ${what}.`}
        queryKey={['payment-link', link]}
        onSubmit={() => (optOut ? liftOptOut : noteOptOut)({ paymentLink: link, channel })}
      >
        <p className="text-muted">
          {optOut
            ? 'Do this only if the customer has asked for it.'
            : channel === 'sms'
              ? 'Neither reminders nor payment requests go to this number any more, of any link. Only a passcode does that the customer asks for.'
              : 'No reminder goes to this mailbox any more, of any link. A payment request still can.'}
        </p>
      </ActDialog>
    </>
  );
}
