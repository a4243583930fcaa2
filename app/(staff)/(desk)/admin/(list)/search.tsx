'use client';
import Form from 'next/form';
import { Button } from '@/app/_components/button';
import { SearchIcon } from '@/app/_components/icons';
import { refuseCard } from '@/app/_components/no-card';
import { LINK_SORTS, type LinkSort } from '@/core/payment-link';
import { isOffered, type LinkFilter } from './filter';

const SORT_WORDS: Record<LinkSort, string> = {
  newest: 'Newest first',
  expiring: 'Ending soonest',
  amount: 'Largest first',
  paid: 'Last paid first',
};
const SELECT = 'min-h-10 rounded-lg border border-line-strong bg-surface px-3 text-base sm:text-[0.9375rem]';

/** What is looked for becomes part of the address, which browsers keep: a card number is stopped before that. */
export function Search({ filter }: { filter: LinkFilter }) {
  return (
    <Form action="/admin" role="search" className="flex min-w-0 flex-1 flex-wrap gap-2 max-sm:basis-full">
      {Object.entries({ ...filter, q: '', sort: '' }).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <label htmlFor="q" className="sr-only">
        Search by reference, customer, description, amount, receipt number or last four digits
      </label>
      <div className="relative min-w-56 flex-1">
        <SearchIcon className="absolute start-3 top-1/2 size-4 -translate-y-1/2 text-muted" />
        <input
          id="q"
          name="q"
          type="search"
          key={filter.q}
          defaultValue={filter.q}
          maxLength={100}
          autoComplete="off"
          onInput={refuseCard}
          placeholder="Reference, name, e-mail, phone…"
          className="min-h-10 w-full rounded-lg border border-line-strong bg-surface ps-9 pe-3 text-base placeholder:text-muted sm:text-[0.9375rem]"
        />
      </div>
      <select
        name="sort"
        aria-label="Order"
        key={`sort ${filter.sort}`}
        defaultValue={filter.sort ?? 'newest'}
        className={SELECT}
      >
        {LINK_SORTS.filter((sort) => isOffered(sort, filter)).map((sort) => (
          <option key={sort} value={sort}>
            {SORT_WORDS[sort]}
          </option>
        ))}
      </select>
      <Button type="submit" kind="secondary">
        Search
      </Button>
    </Form>
  );
}
