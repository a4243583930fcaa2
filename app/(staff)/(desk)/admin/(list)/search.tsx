'use client';
import Form from 'next/form';
import Link from 'next/link';
import { Button, buttonClass } from '@/app/_components/button';
import { SearchIcon } from '@/app/_components/icons';
import { refuseCard } from '@/app/_components/no-card';
import type { LinkFilter } from './filter';

/** What is looked for becomes part of the address, which browsers keep: a card number is stopped before that. */
export function Search({ filter }: { filter: LinkFilter }) {
  return (
    <Form action="/admin" role="search" className="flex max-w-xl flex-wrap gap-2">
      {filter.status && <input type="hidden" name="status" value={filter.status} />}
      <label htmlFor="q" className="sr-only">
        Search by reference, customer or description
      </label>
      <div className="relative min-w-0 flex-1">
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
      <Button type="submit" kind="secondary">
        Search
      </Button>
      {(filter.q || filter.status) && (
        <Link href="/admin" className={buttonClass('quiet')}>
          Reset
        </Link>
      )}
    </Form>
  );
}
