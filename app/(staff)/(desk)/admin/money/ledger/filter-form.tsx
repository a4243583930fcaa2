'use client';
import Form from 'next/form';
import Link from 'next/link';
import { Button, buttonClass } from '@/app/_components/button';
import { SelectField, TextField } from '@/app/_components/field';
import { refuseCard } from '@/app/_components/no-card';
import { LEDGER_KINDS } from '@/core/ledger';
import { ENTRIES } from '../_parts/words';
import type { LedgerFilter } from './filter';

/** Narrows the ledger; the choice is part of the address, so that it can be kept and shared. */
export const FilterForm = ({ filter }: { filter: LedgerFilter }) => (
  <Form
    action="/admin/money/ledger"
    role="search"
    aria-label="Filter the ledger"
    className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap [&>div]:sm:w-36"
  >
    {filter.link && <input type="hidden" name="link" value={filter.link} />}
    <TextField name="from" label="From" type="date" defaultValue={filter.from} />
    <TextField name="to" label="Up to" type="date" defaultValue={filter.to} />
    <SelectField name="kind" label="Kind" defaultValue={filter.kind ?? ''}>
      <option value="">All kinds</option>
      {LEDGER_KINDS.map((kind) => (
        <option key={kind} value={kind}>
          {ENTRIES[kind]}
        </option>
      ))}
    </SelectField>
    <TextField
      name="currency"
      label="Currency"
      defaultValue={filter.currency}
      placeholder="All"
      pattern="[A-Za-z]{3}"
      title="Three letters, like GBP"
      maxLength={3}
      autoComplete="off"
      onInput={refuseCard}
    />
    <p className="flex gap-2 max-sm:col-span-2">
      <Button type="submit" kind="secondary">
        Show
      </Button>
      {Object.keys(filter).length > 0 && (
        <Link href="/admin/money/ledger" className={buttonClass('quiet')}>
          Reset
        </Link>
      )}
    </p>
  </Form>
);
