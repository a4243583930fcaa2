'use client';
import { useState } from 'react';
import { CheckField } from '@/app/_components/field';
import { EVENT_TYPES, type EventType } from '@/core/events';
import type { AppError } from '@/core/outcome';
import { Choice } from '../../links/[id]/_acts/choice';

type Props = { /** What stands for all of them. */ all: string; initial?: readonly EventType[] | null };

/** All events, or some that are ticked; those from before stand first. The ping is sent by hand, so it is not offered anew. */
export function EventTypes({ all, initial = null }: Props) {
  const [wants, setWants] = useState(initial === null ? 'all' : 'some');
  const before: readonly EventType[] = initial ?? [];
  const offered = [
    ...before,
    ...EVENT_TYPES.filter((type) => type !== 'test.ping' && !before.includes(type)),
  ];
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 font-medium">Event types</legend>
      <Choice name="wants" value="all" checked={wants === 'all'} onChoose={setWants}>
        {all}
      </Choice>
      <Choice name="wants" value="some" checked={wants === 'some'} onChoose={setWants}>
        Only some
      </Choice>
      {wants === 'some' && (
        <div className="grid max-h-64 gap-2 overflow-y-auto p-0.5 sm:grid-cols-2 font-mono text-[0.8125rem]">
          {offered.map((type) => (
            <CheckField
              key={type}
              name="types"
              value={type}
              label={type}
              defaultChecked={before.includes(type)}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}

/** What is ticked; null for all. */
export const typesOf = (form: FormData): string[] | null =>
  form.get('wants') === 'some' ? form.getAll('types').map(String) : null;

/** What is told of a refusal where no type is ticked. */
export const explainTypes = ({ errors }: AppError): string | undefined =>
  errors?.some(({ path }) => path === 'types') ? 'Choose at least one event type, or all.' : undefined;
