'use client';
import { useState } from 'react';
import { CheckField } from '@/app/_components/field';
import type { Channel } from '@/core/payment-link';
import { ActDialog } from '../../../../_parts/act-dialog';
import { reissueLink } from '../actions';
import type { ActProps } from './props';

/** A new address and a fresh 72 hours for the same debt. */
export function ReissueDialog({ history, queryKey, open, onClose }: ActProps) {
  const [formId] = useState(() => crypto.randomUUID());
  const { link, messages, standing } = history;
  const usedBefore = (channel: Channel) => messages.some((message) => message.channel === channel);
  const phone = standing.channels.includes('sms') && link.customer.phone;
  const email = standing.channels.includes('email') && link.customer.email;
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title="Issue this link anew?"
      label="Issue anew"
      working="Issuing…"
      done="Issued anew, for 72 hours from now."
      queryKey={queryKey}
      onSubmit={(form) => reissueLink(link.id, formId, form.getAll('channel').map(String))}
    >
      <p className="text-muted">
        The link gets a new address and 72 hours from now, and tries count anew. The address that the customer
        has stops working at once; its page says that it was replaced.
      </p>
      {phone || email ? (
        <fieldset className="space-y-2">
          <legend className="mb-1 font-medium">Send the new one</legend>
          {phone && (
            <CheckField
              name="channel"
              value="sms"
              label={`By SMS to ${phone}`}
              defaultChecked={usedBefore('sms')}
            />
          )}
          {email && (
            <CheckField
              name="channel"
              value="email"
              label={`By e-mail to ${email}`}
              defaultChecked={usedBefore('email')}
            />
          )}
        </fieldset>
      ) : (
        <p>There is no address on file that it can be sent to: copy the new link afterwards.</p>
      )}
    </ActDialog>
  );
}
