'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { SelectField } from '@/app/_components/field';
import { useAct } from '../_parts/use-act';
import { useUnsaved } from '../_parts/use-unsaved';
import { setTimeZone } from './actions';

const named = (zone: string): string => zone.replaceAll('_', ' ');

type Props = { chosen: string | null; merchantZone: string; zones: readonly string[] };

/** In which zone times are shown to whoever is signed in. */
export function ZoneCard({ chosen, merchantZone, zones }: Props) {
  const router = useRouter();
  const { pending, act } = useAct(['account']);
  const [zone, setZone] = useState(chosen ?? '');
  useUnsaved(zone !== (chosen ?? ''));
  const save = (event: FormEvent) => {
    event.preventDefault();
    act(() => setTimeZone(zone), 'The time zone is saved.', router.refresh);
  };
  return (
    <Card id="zone-card" title="Time zone">
      <form onSubmit={save} className="max-w-md space-y-4">
        <SelectField
          name="zone"
          label="Show times in"
          value={zone}
          onChange={({ target }) => setZone(target.value)}
          hint="What your customers read stays in their own zone."
        >
          <option value="">As your company does: {named(merchantZone)}</option>
          {zones.map((one) => (
            <option key={one} value={one}>
              {named(one)}
            </option>
          ))}
        </SelectField>
        <Button type="submit" disabled={pending}>
          {pending ? 'Saving…' : 'Save'}
        </Button>
      </form>
    </Card>
  );
}
