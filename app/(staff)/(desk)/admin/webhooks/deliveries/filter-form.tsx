'use client';
import Form from 'next/form';
import Link from 'next/link';
import { Button, buttonClass } from '@/app/_components/button';
import { SelectField } from '@/app/_components/field';
import { EVENT_TYPES } from '@/core/events';
import { DELIVERY_STATES } from '@/core/retry-schedule';
import { deliveryText, kindText, placeOf } from '../_parts/words';
import type { NamedEndpoint } from '../read';
import { type LogFilter, logAddress } from './filter';

/** What it is for, where that is said, and where it sends to. */
function optionText(one: NamedEndpoint): string {
  const what = one.description ?? (one.url && kindText(one));
  return what ? `${what} (${placeOf(one)})` : placeOf(one);
}

type Props = { filter: LogFilter; endpoints: NamedEndpoint[] };

/** Narrows the log; the choice is part of the address, so that it can be kept and shared. */
export const FilterForm = ({ filter, endpoints }: Props) => (
  <Form
    action={logAddress({})}
    role="search"
    aria-label="Filter the deliveries"
    className="grid grid-cols-1 items-end gap-3 sm:grid-cols-2 lg:grid-cols-[12rem_16rem_minmax(0,1fr)_auto]"
  >
    <SelectField name="status" label="State" defaultValue={filter.status ?? ''}>
      <option value="">All states</option>
      {DELIVERY_STATES.map((state) => (
        <option key={state} value={state}>
          {deliveryText(state)}
        </option>
      ))}
    </SelectField>
    <SelectField name="types" label="Event type" defaultValue={filter.types ?? ''}>
      <option value="">All types</option>
      {EVENT_TYPES.map((type) => (
        <option key={type} value={type}>
          {type}
        </option>
      ))}
    </SelectField>
    <SelectField name="endpoint" label="Endpoint" defaultValue={filter.endpoint ?? ''}>
      <option value="">All endpoints</option>
      {endpoints.map((one) => (
        <option key={one.id} value={one.id}>
          {optionText(one)}
        </option>
      ))}
      {filter.endpoint && !endpoints.some(({ id }) => id === filter.endpoint) && (
        <option value={filter.endpoint}>One that was deleted</option>
      )}
    </SelectField>
    <p className="flex gap-2">
      <Button type="submit" kind="secondary">
        Show
      </Button>
      {Object.keys(filter).length > 0 && (
        <Link href={logAddress({})} className={buttonClass('quiet')}>
          Reset
        </Link>
      )}
    </p>
  </Form>
);
