'use client';
import { type FormEvent, useState } from 'react';
import { Button } from '@/app/_components/button';
import { SelectField, TextField } from '@/app/_components/field';
import { dayText } from '@/app/_components/format';
import type { ProfileSettings } from '@/lib/payment-profiles';
import { useAct } from '../../../_parts/use-act';
import { balanceDay } from './actions';

type Props = { profiles: ProfileSettings[] /** The last day that is over. */; last: string };

/** Has any day that is over balanced again, at once. */
export function RunForm({ profiles, last }: Props) {
  const { pending, act } = useAct(['money']);
  const [day, setDay] = useState(last);
  const [profile, setProfile] = useState(profiles[0]?.id ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act(() => balanceDay({ profile, day }), `${dayText(day)} is being balanced.`);
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      {profiles.length > 1 && (
        <div className="w-48">
          <SelectField
            name="profile"
            label="Payment profile"
            value={profile}
            onChange={(event) => setProfile(event.target.value)}
          >
            {profiles.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
      )}
      <div className="w-44">
        <TextField
          name="day"
          label="Day (UTC)"
          type="date"
          required
          max={last}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </div>
      <Button type="submit" kind="secondary" disabled={pending || profile === ''}>
        {pending ? 'One moment…' : 'Balance this day'}
      </Button>
    </form>
  );
}
