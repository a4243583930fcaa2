'use client';
import { useRef, useState } from 'react';
import { Button } from '@/app/_components/button';
import { SelectField, TextField } from '@/app/_components/field';
import { refuseCard } from '@/app/_components/no-card';
import { type Outcome, ok, refuse } from '@/core/outcome';

/** The merchant's own headers. Their values are written, never shown: they are kept, replaced all together, or taken away. */
export function OwnHeaders({ names }: { names: readonly string[] }) {
  const [what, setWhat] = useState('keep');
  const any = names.length > 0;
  return (
    <>
      <SelectField
        name="headers"
        label="Headers of your own"
        value={what}
        onChange={(event) => setWhat(event.target.value)}
        hint={
          any
            ? `Sent with every webhook: ${names.join(', ')}. Their values are never shown.`
            : 'Sent with every webhook, like Authorization. Their values are never shown again.'
        }
      >
        <option value="keep">{any ? 'Keep them as they are' : 'None'}</option>
        <option value="replace">{any ? 'Replace them all' : 'These'}</option>
        {any && <option value="none">Take them all away</option>}
      </SelectField>
      {what === 'replace' && <Rows names={any ? names : ['']} />}
    </>
  );
}

function Rows({ names }: { names: readonly string[] }) {
  const [rows, setRows] = useState(names.map((name, key) => ({ key, name })));
  const next = useRef(names.length);
  const more = useRef<HTMLButtonElement>(null);
  const add = () => setRows([...rows, { key: next.current++, name: '' }]);
  const remove = (key: number) => {
    setRows(rows.filter((row) => row.key !== key));
    more.current?.focus();
  };
  return (
    <fieldset className="space-y-3">
      <legend className="sr-only">Headers of your own, one after the other</legend>
      {rows.map(({ key, name }, at) => (
        <div key={key} className="grid items-end gap-2 sm:grid-cols-[1fr_1fr_auto]">
          <TextField
            name={`header-name-${key}`}
            label={`Name ${at + 1}`}
            required
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            defaultValue={name}
            onInput={refuseCard}
          />
          <TextField
            name={`header-value-${key}`}
            label={`Value ${at + 1}`}
            type="password"
            required
            maxLength={1024}
            autoComplete="off"
          />
          <Button kind="quiet" onClick={() => remove(key)} aria-label={`Remove header ${at + 1}`}>
            Remove
          </Button>
        </div>
      ))}
      <Button ref={more} kind="secondary" onClick={add}>
        Add a header
      </Button>
    </fieldset>
  );
}

/** What is to become of the headers, as the verbs take it: undefined keeps them, null takes them away. */
export function headersOf(form: FormData): Outcome<Record<string, string> | null | undefined> {
  if (form.get('headers') !== 'replace') return ok(form.get('headers') === 'none' ? null : undefined);
  const rows = [...form.keys()].flatMap((key) => {
    const row = /^header-name-(\d+)$/.exec(key)?.[1];
    return row === undefined ? [] : [[text(form, key), text(form, `header-value-${row}`)] as const];
  });
  if (new Set(rows.map(([name]) => name.toLowerCase())).size < rows.length)
    return refuse('invalid', 'A header is named twice.');
  return ok(Object.fromEntries(rows));
}
const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();
