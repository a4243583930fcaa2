'use client';
import { useState } from 'react';
import { AreaField, SelectField, TextField } from '@/app/_components/field';
import { LOOKUP_TARGETS } from '@/core/crm';
import { targetLabel } from '../../../_words/lookup';

const PREFIX = 'map-';

/** Where each field of the form stands in the answer, for systems that answer in their own words. */
export function MappingFields({ before }: { before: Record<string, string> | null }) {
  const [own, setOwn] = useState(before !== null);
  const fields = Object.entries(before ?? {}).filter(([field]) => field.startsWith('fields.'));
  return (
    <>
      <SelectField
        name="words"
        label="How your system answers"
        defaultValue={own ? 'own' : 'ours'}
        onChange={(event) => setOwn(event.target.value === 'own')}
        hint={
          own
            ? 'Say where each field stands: names with points between them, like person.mail or invoices.0.total.'
            : undefined
        }
      >
        <option value="ours">In our words, as the documentation says</option>
        <option value="own">In its own words</option>
      </SelectField>
      {own && (
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
          {LOOKUP_TARGETS.map((target) => (
            <TextField
              key={target}
              name={PREFIX + target}
              label={targetLabel(target)}
              optional
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              defaultValue={before?.[target] ?? ''}
            />
          ))}
          <div className="sm:col-span-2">
            <AreaField
              name="more"
              label="Fields of your own"
              optional
              maxLength={4000}
              spellCheck={false}
              defaultValue={fields.map(([field, path]) => `${field.slice(7)} = ${path}`).join('\n')}
              hint="One a line, like contract = record.no. They go into the link’s metadata, and so to the write-back."
            />
          </div>
        </div>
      )}
    </>
  );
}

/** What is typed, as the verb takes it; null for our words. */
export function mappingOf(form: FormData): Record<string, string> | null {
  if (form.get('words') !== 'own') return null;
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const named = LOOKUP_TARGETS.map((target) => [target, text(PREFIX + target)] as const);
  const more = text('more')
    .split('\n')
    .map((line) => line.split('='))
    .map(([name = '', path = '']) => [`fields.${name.trim()}`, path.trim()] as const);
  return Object.fromEntries([...named, ...more].filter(([name, path]) => path !== '' && name !== 'fields.'));
}
