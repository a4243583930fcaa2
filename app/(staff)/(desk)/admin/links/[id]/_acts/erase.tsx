'use client';
import { useState } from 'react';
import { ActDialog } from '../../../../_parts/act-dialog';
import { confirmIdentity, eraseData } from '../actions';
import { Choice } from './choice';
import type { ActProps } from './props';

/** Erases what names the customer, for good; says what goes, what stays and why. */
export function EraseDialog({ history, queryKey, open, onClose }: ActProps) {
  const { link } = history;
  const { email, phone } = link.customer;
  const [of, setOf] = useState('link');
  const choices = [
    ['link', 'Of this link only'],
    ...(email ? [['email', `Of every link with ${email}`]] : []),
    ...(phone ? [['phone', `Of every link with ${phone}`]] : []),
  ] as [string, string][];
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title="Erase the customer’s data?"
      label="Erase for good"
      working="Erasing…"
      danger
      done="The customer’s data is erased."
      queryKey={queryKey}
      onSubmit={() => eraseData(link.id, of)}
      confirm={confirmIdentity}
    >
      {choices.length > 1 && (
        <fieldset className="space-y-2">
          <legend className="mb-1 font-medium">Whose data goes</legend>
          {choices.map(([value, text]) => (
            <Choice key={value} name="of" value={value} checked={of === value} onChoose={setOf}>
              <span className="break-words">{text}</span>
            </Choice>
          ))}
        </fieldset>
      )}
      <div className="space-y-2 text-muted">
        <p>
          <strong className="text-ink">What goes:</strong> name, e-mail address, phone number, postcode,
          description and notes, on the link, in its timeline and messages, and in the log of what was sent to
          your systems.
        </p>
        <p>
          <strong className="text-ink">What stays:</strong> amounts, dates, the reference, the receipt’s
          number, the end of the card number and the audit log. Your books need them.
        </p>
        <p>Earlier backups, and what your own systems have, are not changed. This cannot be undone.</p>
      </div>
    </ActDialog>
  );
}
