'use client';
import { useState } from 'react';
import { SelectField, TextField } from '@/app/_components/field';
import { LAST_DAYS, type LastDays, type Period } from '@/core/link-period';
import { LAST_WORDS } from './words';

/** When links were made: one of the usual periods, or from day to day. */
export function PeriodFields({ period }: { period: Period | null }) {
  const { last, from, to } = { last: '', from: '', to: '', ...period };
  const [chosen, setChosen] = useState(last || (period && 'between') || '');
  const [days, setDays] = useState({ from, to });
  const day = (name: 'from' | 'to', label: string) => (
    <TextField
      name={name}
      label={label}
      type="date"
      value={days[name]}
      required={days.from + days.to === ''}
      {...(name === 'to' ? { min: days.from } : { max: days.to })}
      onChange={({ target }) => setDays({ ...days, [name]: target.value })}
    />
  );
  return (
    <>
      <SelectField
        name="period"
        label="Created"
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
      >
        <option value="">Any time</option>
        {(Object.keys(LAST_DAYS) as LastDays[]).map((one) => (
          <option key={one} value={one}>
            {LAST_WORDS[one]}
          </option>
        ))}
        <option value="between">From day to day</option>
      </SelectField>
      {chosen === 'between' && (
        <div className="grid grid-cols-2 gap-3">
          {day('from', 'From')}
          {day('to', 'To')}
        </div>
      )}
    </>
  );
}
