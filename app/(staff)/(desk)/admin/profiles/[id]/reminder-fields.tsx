import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { CheckField, SelectField, TextField } from '@/app/_components/field';
import { MAX_REMINDERS, type ReminderBasis } from '@/core/reminders';
import type { ProfileSettings } from '@/lib/payment-profiles';

const UNITS = { days: 1440, hours: 60, minutes: 1 } as const;
type Unit = keyof typeof UNITS;

/** In the largest unit that it is a whole number of. */
function inUnits(minutes: number): { count: number; unit: Unit } {
  const unit = (Object.keys(UNITS) as Unit[]).find((one) => minutes % UNITS[one] === 0) ?? 'minutes';
  return { count: minutes / UNITS[unit], unit };
}

export function timeInWords(minutes: number): string {
  const { count, unit } = inUnits(minutes);
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}

type Row = { key: number; count: number; unit: Unit; basis: ReminderBasis };
const SUGGESTED = { afterIssue: [1440], beforeExpiry: [180] };

function rowsOf({ reminders }: Pick<ProfileSettings, 'reminders'>): Row[] {
  const isOn = reminders.afterIssue.length + reminders.beforeExpiry.length > 0;
  const { afterIssue, beforeExpiry } = isOn ? reminders : SUGGESTED;
  return [
    ...afterIssue.map((minutes) => ({ ...inUnits(minutes), basis: 'issue' as const })),
    ...beforeExpiry.map((minutes) => ({ ...inUnits(minutes), basis: 'expiry' as const })),
  ].map((row, key) => ({ ...row, key }));
}

/** One line for each reminder, and quiet hours. What is typed is read by `remindersOf`. */
export function ReminderFields({ before }: { before: ProfileSettings }) {
  const [rows, setRows] = useState(() => rowsOf(before));
  const [isQuiet, setQuiet] = useState(before.quietHours !== null);
  const [from, to] = [before.quietHours?.slice(0, 5) ?? '21:00', before.quietHours?.slice(6) ?? '08:00'];
  const add = () =>
    setRows([...rows, { key: (rows.at(-1)?.key ?? 0) + 1, count: 1, unit: 'hours', basis: 'expiry' }]);
  return (
    <>
      <ul className="space-y-4" aria-label="Reminders">
        {rows.map((row, index) => (
          <ReminderRow
            key={row.key}
            row={row}
            number={index + 1}
            onRemove={() => setRows(rows.filter((one) => one !== row))}
          />
        ))}
      </ul>
      {rows.length < MAX_REMINDERS && (
        <Button kind="secondary" onClick={add}>
          Add a reminder
        </Button>
      )}
      <CheckField
        name="quiet"
        label="Quiet hours, by the customer’s clock"
        checked={isQuiet}
        onChange={(event) => setQuiet(event.target.checked)}
      />
      {isQuiet && (
        <div className="grid grid-cols-2 gap-3">
          <TextField name="from" label="From" type="time" required defaultValue={from} />
          <TextField name="to" label="To" type="time" required defaultValue={to} />
        </div>
      )}
    </>
  );
}

type RowProps = { row: Row; number: number; onRemove: () => void };

const ReminderRow = ({ row: { key, count, unit, basis }, number, onRemove }: RowProps) => (
  <li>
    <fieldset className="grid grid-cols-[5rem_1fr] items-end gap-2 sm:grid-cols-[5rem_1fr_1.5fr_auto]">
      <legend className="sr-only">Reminder {number}</legend>
      <TextField
        name={`count-${key}`}
        label="How long"
        type="number"
        min={1}
        max={4320}
        required
        defaultValue={count}
      />
      <SelectField name={`unit-${key}`} label="Unit" defaultValue={unit}>
        {Object.keys(UNITS).map((one) => (
          <option key={one}>{one}</option>
        ))}
      </SelectField>
      <div className="max-sm:col-span-2">
        <SelectField name={`basis-${key}`} label="Counted" defaultValue={basis}>
          <option value="issue">after the issue</option>
          <option value="expiry">before the end</option>
        </SelectField>
      </div>
      <Button kind="quiet" className="max-sm:col-span-2 max-sm:justify-self-start" onClick={onRemove}>
        Remove
      </Button>
    </fieldset>
  </li>
);

export function remindersOf(form: FormData) {
  const text = (name: string): string => String(form.get(name) ?? '');
  const rows = [...form.keys()].flatMap((name) => /^count-(\d+)$/.exec(name)?.[1] ?? []);
  const minutesOf = (basis: ReminderBasis): number[] =>
    rows
      .filter((key) => text(`basis-${key}`) === basis)
      .map((key) => Number(text(`count-${key}`)) * UNITS[text(`unit-${key}`) as Unit]);
  return {
    reminders: { afterIssue: minutesOf('issue'), beforeExpiry: minutesOf('expiry') },
    quietHours: form.get('quiet') === null ? null : `${text('from')}-${text('to')}`,
  };
}
