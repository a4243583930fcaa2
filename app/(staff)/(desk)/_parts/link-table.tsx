'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { StatusBadge } from '@/app/_components/badge';
import { cx } from '@/app/_components/cx';
import { linkAmount } from '@/app/_components/format';
import { Ago, Time } from '@/app/_components/time';
import { type LinkColumn, type ListLook, USUAL_LOOK } from '@/core/list-look';
import type { DeskLink } from '@/lib/payment-links';
import { lineOf } from '../_words/line';
import { ROW_LINK } from './row-keys';
import { SelectBox } from './select-box';
import type { Selection } from './selection';

type Column = {
  id: LinkColumn | 'amount' | 'status';
  name: string;
  /** Fixed widths: nothing moves when an amount or a state changes. */
  width: string;
  cell: string;
  show: (link: DeskLink, zone: string) => ReactNode;
};
const COLUMNS: readonly Column[] = [
  { id: 'amount', name: 'Amount', width: 'w-44', cell: '', show: (link) => <Amount link={link} /> },
  {
    ...{ id: 'customer', name: 'Customer', width: '', cell: 'cards:order-2 cards:col-span-2' },
    show: (link) => <Customer link={link} />,
  },
  {
    ...{ id: 'reference', name: 'Reference', width: '', cell: 'cards:order-3 cards:col-span-2' },
    show: (link) => <Reference link={link} />,
  },
  {
    ...{ id: 'status', name: 'Status', width: 'w-36', cell: 'cards:order-1 cards:text-end' },
    show: (link) => <Status link={link} />,
  },
  {
    ...{
      id: 'created',
      name: 'Created',
      width: 'w-36 narrow:hidden',
      cell: 'whitespace-nowrap narrow:hidden',
    },
    show: ({ createdAt }, zone) => <Time at={createdAt} zone={zone} />,
  },
  {
    ...{ id: 'pay_by', name: 'Pay by', width: 'w-36' },
    cell: 'whitespace-nowrap cards:order-4 cards:text-sm cards:text-muted',
    show: (link, zone) => <PayBy link={link} zone={zone} />,
  },
  {
    ...{ id: 'created_by', name: 'Created by', width: 'w-36' },
    cell: 'cards:order-5 cards:self-end cards:text-end cards:text-sm cards:text-muted',
    show: ({ createdBy }) => <p className="truncate">{createdBy.name}</p>,
  },
];
/** What of a link can be left out, as its column is called. */
export const columnName = (column: LinkColumn): string =>
  COLUMNS.find(({ id }) => id === column)?.name ?? column;

type Props = {
  links: DeskLink[];
  zone: string;
  look?: ListLook;
  /** Rows can be chosen. */
  selection?: Selection;
  /** What can be done with a link in its row. */
  acts?: (link: DeskLink) => ReactNode;
};

/** One markup for all: a table on wide screens and on paper, cards on phones. */
export function LinkTable({ links, zone, look = USUAL_LOOK, selection, acts }: Props) {
  const columns = COLUMNS.filter(({ id }) => !look.hidden.some((hidden) => hidden === id));
  const cell = cx(CELL, look.dense ? 'py-1.5' : 'py-3');
  const head =
    'border-b border-line px-4 py-2.5 text-start text-[0.8125rem] font-medium text-muted print:w-auto print:px-1.5';
  return (
    <table
      aria-label="Payment links"
      className="w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-xl border-line bg-surface text-start cards:block cards:bg-transparent wide:border wide:shadow-card"
    >
      <thead className="cards:sr-only">
        <tr>
          {selection && (
            <th scope="col" className="w-10 border-b border-line print:hidden">
              <span className="sr-only">Chosen</span>
            </th>
          )}
          {columns.map(({ id, name, width }) => (
            <th key={id} scope="col" className={cx(width, head)}>
              {name}
            </th>
          ))}
          {acts && (
            <th scope="col" className={cx('w-28 print:hidden', head)}>
              <span className="sr-only">What you can do</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody className="cards:grid cards:gap-3 md:cards:grid-cols-2">
        {links.map((link) => (
          <tr key={link.id} data-link={link.id} className={cx(ROW, selection && CHOOSABLE)}>
            {selection && <ChooseCell link={link} selection={selection} />}
            {columns.map(({ id, cell: own, show }) => (
              <td key={id} className={cx(cell, own)}>
                {show(link, zone)}
              </td>
            ))}
            {acts && (
              <td
                className={cx(cell, 'relative py-1.5! text-end cards:order-6 cards:col-span-2 print:hidden')}
              >
                {acts(link)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On paper all is read, however narrow it is: nothing is cut, and no column has more than its share. */
const CELL = cx(
  'px-4 align-top cards:p-0 print:px-1.5 print:text-xs print:whitespace-normal print:[&_*]:text-xs',
  'print:[&_.truncate]:break-words print:[&_.truncate]:whitespace-normal',
);
const ROW = cx(
  'relative hover:bg-sunken/60 wide:[&:not(:last-child)>td]:border-b wide:[&>td]:border-line',
  'has-[[data-row-link]:focus-visible]:bg-accent-soft print:break-inside-avoid',
  'cards:grid cards:grid-cols-[1fr_auto] cards:content-start cards:gap-x-4 cards:gap-y-1.5',
  'cards:rounded-xl cards:border cards:border-line cards:bg-surface cards:p-4',
);

/** On cards the box stands before the amount. */
const CHOOSABLE = 'has-[input:checked]:bg-accent-soft cards:[&>td:nth-child(2)]:ps-8';

const ChooseCell = ({ link, selection }: { link: DeskLink; selection: Selection }) => (
  <td className="py-3 ps-4 align-top print:hidden cards:absolute cards:start-4 cards:top-4.5 cards:p-0">
    <SelectBox
      label={`Choose ${linkAmount(link)}, ${link.reference ?? customerOf(link) ?? 'no customer named'}`}
      checked={selection.has(link.id)}
      onToggle={(range) => selection.toggle(link.id, range)}
    />
  </td>
);

const customerOf = ({ customer }: DeskLink): string | null =>
  customer.name ?? customer.email ?? customer.phone;

type Shown = { link: DeskLink };

const Amount = ({ link }: Shown) => (
  <Link
    {...ROW_LINK}
    href={`/admin/links/${link.id}`}
    prefetch={false}
    className="font-semibold tabular-nums after:absolute after:inset-0 cards:text-lg"
  >
    <span suppressHydrationWarning>{linkAmount(link)}</span>
  </Link>
);

function Customer({ link }: Shown) {
  const { customer } = link;
  const contact = customer.name ? (customer.email ?? customer.phone) : null;
  return (
    <>
      <p className="truncate">{customerOf(link) ?? <span className="text-muted">No customer named</span>}</p>
      {contact && <p className="truncate text-sm text-muted">{contact}</p>}
    </>
  );
}

const Reference = ({ link: { reference, description } }: Shown) => (
  <>
    {reference && <p className="truncate">{reference}</p>}
    {description && <p className="truncate text-sm text-muted">{description}</p>}
    {!reference && !description && <p className="text-muted cards:hidden">–</p>}
  </>
);

function Status({ link }: Shown) {
  const line = lineOf(link);
  return (
    <>
      <StatusBadge status={link.status} />
      {line && <p className="mt-1 text-sm text-muted">{line}</p>}
    </>
  );
}

const OPEN = ['active', 'partially_paid', 'locked', 'processing'];

const PayBy = ({ link: { status, expiresAt }, zone }: Shown & { zone: string }) => (
  <>
    <span className="wide:hidden">Pay by </span>
    <Time at={expiresAt} zone={zone} />
    {OPEN.includes(status) && (
      <span className="block text-sm text-muted">
        <Ago at={expiresAt} />
      </span>
    )}
  </>
);
