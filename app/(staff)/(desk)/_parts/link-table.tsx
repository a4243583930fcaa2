'use client';
import Link from 'next/link';
import { StatusBadge } from '@/app/_components/badge';
import { cx } from '@/app/_components/cx';
import { linkAmount } from '@/app/_components/format';
import { Ago, Time } from '@/app/_components/time';
import type { DeskLink } from '@/lib/payment-links';
import { lineOf } from '../_words/line';
import { SelectBox } from './select-box';
import type { Selection } from './selection';

/** Columns with fixed widths: nothing moves when an amount or a state changes. */
const COLUMNS = [
  ['Amount', 'w-44'],
  ['Customer', ''],
  ['Reference', ''],
  ['Status', 'w-36'],
  ['Created', 'w-36 max-xl:hidden'],
  ['Pay by', 'w-36'],
  ['Created by', 'w-36'],
] as const;
const cell = 'px-4 py-3 align-top max-lg:p-0';

/** One markup for both: a table on wide screens, cards on phones. */
type Props = {
  links: DeskLink[];
  zone: string;
  /** Leaves out who issued them. */
  mine?: boolean;
  /** Rows can be chosen. */
  selection?: Selection;
};

export function LinkTable({ links, zone, mine = false, selection }: Props) {
  const columns = mine ? COLUMNS.slice(0, -1) : COLUMNS;
  return (
    <table
      aria-label="Payment links"
      className="w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-xl border-line bg-surface text-start max-lg:block max-lg:bg-transparent lg:border lg:shadow-card"
    >
      <thead className="max-lg:sr-only">
        <tr>
          {selection && (
            <th scope="col" className="w-10 border-b border-line">
              <span className="sr-only">Chosen</span>
            </th>
          )}
          {columns.map(([name, width]) => (
            <th
              key={name}
              scope="col"
              className={`${width} border-b border-line px-4 py-2.5 text-start text-[0.8125rem] font-medium text-muted`}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-lg:grid max-lg:gap-3 md:max-lg:grid-cols-2">
        {links.map((link) => (
          <Row key={link.id} link={link} zone={zone} mine={mine} selection={selection} />
        ))}
      </tbody>
    </table>
  );
}

const customerOf = ({ customer }: DeskLink): string | null =>
  customer.name ?? customer.email ?? customer.phone;

type RowProps = { link: DeskLink; zone: string; mine: boolean; selection: Selection | undefined };

function Row({ link, zone, mine, selection }: RowProps) {
  const contact = link.customer.name ? (link.customer.email ?? link.customer.phone) : null;
  const line = lineOf(link);
  const open =
    link.status === 'active' ||
    link.status === 'partially_paid' ||
    link.status === 'locked' ||
    link.status === 'processing';
  return (
    <tr
      data-link={link.id}
      className="relative has-[input:checked]:bg-accent-soft max-lg:content-start hover:bg-sunken/60 max-lg:grid max-lg:grid-cols-[1fr_auto] max-lg:gap-x-4 max-lg:gap-y-1.5 max-lg:rounded-xl max-lg:border max-lg:border-line max-lg:bg-surface max-lg:p-4 lg:[&:not(:last-child)>td]:border-b lg:[&>td]:border-line"
    >
      {selection && (
        <td className="py-3 ps-4 align-top max-lg:absolute max-lg:start-4 max-lg:top-4 max-lg:p-0">
          <SelectBox
            label={`Choose ${linkAmount(link)}, ${link.reference ?? customerOf(link) ?? 'no customer named'}`}
            checked={selection.has(link.id)}
            onToggle={(range) => selection.toggle(link.id, range)}
          />
        </td>
      )}
      <td className={cx(cell, selection && 'max-lg:ps-8')}>
        <Link
          href={`/admin/links/${link.id}`}
          prefetch={false}
          className="font-semibold tabular-nums after:absolute after:inset-0 max-lg:text-lg"
        >
          <span suppressHydrationWarning>{linkAmount(link)}</span>
        </Link>
      </td>
      <td className={`${cell} max-lg:order-2 max-lg:col-span-2`}>
        <p className="truncate">
          {customerOf(link) ?? <span className="text-muted">No customer named</span>}
        </p>
        {contact && <p className="truncate text-sm text-muted">{contact}</p>}
      </td>
      <td className={`${cell} max-lg:order-3 max-lg:col-span-2`}>
        {link.reference && <p className="truncate">{link.reference}</p>}
        {link.description && <p className="truncate text-sm text-muted">{link.description}</p>}
        {!link.reference && !link.description && <p className="text-muted max-lg:hidden">–</p>}
      </td>
      <td className={`${cell} max-lg:order-1 max-lg:text-end`}>
        <StatusBadge status={link.status} />
        {line && <p className="mt-1 text-sm text-muted">{line}</p>}
      </td>
      <td className={`${cell} whitespace-nowrap max-xl:hidden`}>
        <Time at={link.createdAt} zone={zone} />
      </td>
      <td className={`${cell} whitespace-nowrap max-lg:order-4 max-lg:text-sm max-lg:text-muted`}>
        <span className="lg:hidden">Pay by </span>
        <Time at={link.expiresAt} zone={zone} />
        {open && (
          <span className="block text-sm text-muted">
            <Ago at={link.expiresAt} />
          </span>
        )}
      </td>
      {!mine && (
        <td
          className={`${cell} max-lg:order-5 max-lg:self-end max-lg:text-end max-lg:text-sm max-lg:text-muted`}
        >
          <p className="truncate">{link.createdBy.name}</p>
        </td>
      )}
    </tr>
  );
}
