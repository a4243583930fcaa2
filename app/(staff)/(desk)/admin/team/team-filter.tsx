'use client';
import Form from 'next/form';
import Link from 'next/link';
import { Button, buttonClass } from '@/app/_components/button';
import { SelectField, TextField } from '@/app/_components/field';
import { refuseCard } from '@/app/_components/no-card';
import { ROLES, USER_STATES } from '@/core/permissions';
import { ROLE_NAMES } from '../../_words/roles';
import { STATES } from './words';

type Filter = { text?: string | undefined; role?: string | undefined; state?: string | undefined };

/** Narrows the list; the choice is part of the address, so that it can be kept and shared. */
export const TeamFilter = ({ filter, isFiltered }: { filter: Filter; isFiltered: boolean }) => (
  <Form
    action="/admin/team"
    role="search"
    aria-label="Filter the team"
    className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap [&>div]:sm:w-44"
  >
    <TextField
      name="text"
      label="Name or e-mail"
      type="search"
      defaultValue={filter.text}
      maxLength={100}
      autoComplete="off"
      onInput={refuseCard}
    />
    <SelectField name="role" label="Role" defaultValue={filter.role ?? ''}>
      <option value="">All roles</option>
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {ROLE_NAMES[role]}
        </option>
      ))}
    </SelectField>
    <SelectField name="state" label="State" defaultValue={filter.state ?? ''}>
      <option value="">All states</option>
      {USER_STATES.map((state) => (
        <option key={state} value={state}>
          {STATES[state].label}
        </option>
      ))}
    </SelectField>
    <p className="flex gap-2 max-sm:self-end">
      <Button type="submit" kind="secondary">
        Show
      </Button>
      {isFiltered && (
        <Link href="/admin/team" className={buttonClass('quiet')}>
          Reset
        </Link>
      )}
    </p>
  </Form>
);
