'use client';
import Form from 'next/form';
import Link from 'next/link';
import { useState } from 'react';
import { Button, buttonClass } from '@/app/_components/button';
import { SelectField, TextField } from '@/app/_components/field';
import { AUDIT_GROUPS } from '@/core/audit-acts';
import { ExportDialog } from '../../_parts/export-dialog';
import { askForExport } from './actions';
import { type AuditQuery, addressOf, GROUP_WORDS, PERIODS } from './filter';

type Person = { id: string; name: string };
type Props = { query: AuditQuery; people: Person[]; file: string };

/** Narrows the log; the choice is part of the address. */
export const FilterForm = ({ query, people, file }: Props) => (
  <div className="space-y-3">
    <Form
      action={addressOf({})}
      role="search"
      aria-label="Filter the log"
      className="grid grid-cols-1 items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_1.5fr_auto]"
    >
      <SelectField name="kind" label="What" defaultValue={query.kind ?? ''}>
        <option value="">Everything</option>
        {AUDIT_GROUPS.map((group) => (
          <option key={group} value={group}>
            {GROUP_WORDS[group]}
          </option>
        ))}
      </SelectField>
      <SelectField name="person" label="Who" defaultValue={query.person ?? ''}>
        <option value="">Anybody</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField name="days" label="When" defaultValue={query.days ?? ''}>
        <option value="">Ever</option>
        {Object.entries(PERIODS).map(([days, label]) => (
          <option key={days} value={days}>
            {label}
          </option>
        ))}
      </SelectField>
      <TextField
        name="subject"
        label="On which object"
        placeholder="its id"
        autoComplete="off"
        maxLength={100}
        defaultValue={query.subject ?? ''}
      />
      <p>
        <Button type="submit" kind="secondary">
          Show
        </Button>
      </p>
    </Form>
    <div className="flex flex-wrap items-start justify-between gap-2">
      <Chips query={query} people={people} />
      <Export file={file} />
    </div>
  </div>
);

function Chips({ query, people }: Pick<Props, 'query' | 'people'>) {
  const { cursor: _, ...chosen } = query;
  const words: Record<string, (value: string) => string | undefined> = {
    kind: (value) => AUDIT_GROUPS.filter((one) => one === value).map((one) => GROUP_WORDS[one])[0],
    person: (value) => people.find(({ id }) => id === value)?.name,
    days: (value) => Object.entries(PERIODS).find(([days]) => days === value)?.[1],
  };
  const chips = Object.entries(chosen);
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Chosen" className="flex flex-wrap gap-2">
      {chips.map(([name, value]) => {
        const label = words[name]?.(value) ?? value;
        const without = Object.fromEntries(chips.filter(([one]) => one !== name));
        return (
          <li key={name} className="max-w-full">
            <Link
              href={addressOf(without)}
              prefetch={false}
              aria-label={`Without: ${label}`}
              className={buttonClass('secondary', 'max-w-full')}
            >
              <span className="truncate">{label}</span> <span aria-hidden="true">×</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Export({ file }: { file: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="secondary" className="ms-auto" onClick={() => setOpen(true)}>
        Export
      </Button>
      <ExportDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Export the log?"
        ask={askForExport}
        fetchFile={() => window.location.assign(file)}
      >
        A CSV file of the entries that the filter fits. It holds names and addresses of people. That you took
        it is an entry of this log.
      </ExportDialog>
    </>
  );
}
