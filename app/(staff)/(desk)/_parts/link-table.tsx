'use client';
import { useRouter } from 'next/navigation';
import type { MouseEvent, ReactNode } from 'react';
import { StatusBadge } from '@/app/_components/badge';
import { cx } from '@/app/_components/cx';
import { linkAmount } from '@/app/_components/format';
import { htmlOf } from '@/app/_components/html-of';
import { AgoFrom, Time, useNow } from '@/app/_components/time';
import type { LinkColumn, ListLook } from '@/core/list-look';
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
  show: (link: DeskLink, around: Around) => ReactNode;
};
/** What all rows are shown by. */
type Around = { zone: string; now: number; follow: (event: MouseEvent<HTMLAnchorElement>) => void };
const COLUMNS: readonly Column[] = [
  { id: 'amount', name: 'Amount', width: 'w-44', cell: '', show: amountOf },
  {
    ...{ id: 'customer', name: 'Customer', width: '', cell: 'cards:order-2 cards:col-span-2' },
    show: whoPays,
  },
  {
    ...{ id: 'reference', name: 'Reference', width: '', cell: 'cards:order-3 cards:col-span-2' },
    show: whatFor,
  },
  {
    ...{ id: 'status', name: 'Status', width: 'w-36', cell: 'cards:order-1 cards:text-end' },
    show: standing,
  },
  {
    ...{
      id: 'created',
      name: 'Created',
      width: 'w-36 narrow:hidden',
      cell: 'whitespace-nowrap narrow:hidden',
    },
    show: ({ createdAt }, { zone }) => <Time at={createdAt} zone={zone} />,
  },
  {
    ...{ id: 'pay_by', name: 'Pay by', width: 'w-36' },
    cell: 'whitespace-nowrap cards:order-4 cards:text-sm cards:text-muted',
    show: payBy,
  },
  {
    ...{ id: 'created_by', name: 'Created by', width: 'w-32' },
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
  look: ListLook;
  selection: Selection;
  /** What can be done with a link in its row. */
  acts: (link: DeskLink) => ReactNode;
};

/** One markup for all: a table on wide screens and on paper, cards on phones. */
export function LinkTable({ links, zone, look, selection, acts }: Props) {
  const around: Around = { zone, now: useNow(), follow: useFollow() };
  const columns = COLUMNS.filter(({ id }) => !look.hidden.some((hidden) => hidden === id)).map((column) => ({
    ...column,
    cell: cx('link-cell', column.cell),
  }));
  const head =
    'border-b border-line px-4 py-2.5 text-start text-[0.8125rem] font-medium text-muted print:w-auto print:px-1.5';
  return (
    <table
      aria-label="Payment links"
      data-dense={look.dense || undefined}
      className="w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-xl border-line bg-surface text-start cards:block cards:bg-transparent wide:border wide:shadow-card"
    >
      <thead className="cards:sr-only">
        <tr>
          <th scope="col" className="w-10 border-b border-line print:hidden">
            <span className="sr-only">Chosen</span>
          </th>
          {columns.map(({ id, name, width }) => (
            <th key={id} scope="col" className={cx(width, head)}>
              {name}
            </th>
          ))}
          <th scope="col" className={cx('w-28 print:hidden', head)}>
            <span className="sr-only">What you can do</span>
          </th>
        </tr>
      </thead>
      <Rows>
        {links.map((link) => (
          <tr key={link.id} data-link={link.id} className="link-row">
            <td className="py-3 ps-4 align-top print:hidden cards:absolute cards:start-4 cards:top-4.5 cards:p-0">
              <SelectBox
                label={`Choose ${linkAmount(link)}, ${link.reference ?? customerOf(link) ?? 'no customer named'}`}
                checked={selection.has(link.id)}
                onToggle={(range) => selection.toggle(link.id, range)}
              />
            </td>
            {columns.map(({ id, cell, show }) => (
              <td key={id} className={cell}>
                {show(link, around)}
              </td>
            ))}
            <td className="link-cell relative py-1.5! text-end cards:order-6 cards:col-span-2 print:hidden">
              {acts(link)}
            </td>
          </tr>
        ))}
      </Rows>
    </table>
  );
}

/** Rows have no state of their own: the server writes them as text, and the browser takes up what it finds (ADR 0106). */
const Rows = ({ children }: { children: ReactNode }) => (
  <tbody
    className="cards:grid cards:gap-3 md:cards:grid-cols-2"
    {...(typeof window === 'undefined'
      ? { dangerouslySetInnerHTML: { __html: htmlOf(children) } }
      : { children })}
  />
);

/** Follows a link within the portal where the browser would leave the page for it. */
function useFollow(): Around['follow'] {
  const router = useRouter();
  return (event) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey, currentTarget } = event;
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    event.preventDefault();
    router.push(currentTarget.pathname);
  };
}

const customerOf = ({ customer }: DeskLink): string | null =>
  customer.name ?? customer.email ?? customer.phone;

function amountOf(link: DeskLink, { follow }: Around): ReactNode {
  return (
    <a
      {...ROW_LINK}
      href={`/admin/links/${link.id}`}
      onClick={follow}
      suppressHydrationWarning
      className="font-semibold tabular-nums after:absolute after:inset-0 cards:text-lg"
    >
      {linkAmount(link)}
    </a>
  );
}

function whoPays(link: DeskLink): ReactNode {
  const { customer } = link;
  const contact = customer.name ? (customer.email ?? customer.phone) : null;
  return (
    <>
      <p className="truncate">{customerOf(link) ?? <span className="text-muted">No customer named</span>}</p>
      {contact && <p className="truncate text-sm text-muted">{contact}</p>}
    </>
  );
}

function whatFor({ reference, description }: DeskLink): ReactNode {
  return (
    <>
      {reference && <p className="truncate">{reference}</p>}
      {description && <p className="truncate text-sm text-muted">{description}</p>}
      {!reference && !description && <p className="text-muted cards:hidden">–</p>}
    </>
  );
}

function standing(link: DeskLink): ReactNode {
  const line = lineOf(link);
  return (
    <>
      <StatusBadge status={link.status} />
      {line && <p className="mt-1 text-sm text-muted">{line}</p>}
    </>
  );
}

const OPEN = ['active', 'partially_paid', 'locked', 'processing'];

function payBy({ status, expiresAt }: DeskLink, { zone, now }: Around): ReactNode {
  return (
    <>
      <span className="wide:hidden">Pay by </span>
      <Time at={expiresAt} zone={zone} />
      {OPEN.includes(status) && (
        <p className="text-sm text-muted">
          <AgoFrom at={expiresAt} now={now} />
        </p>
      )}
    </>
  );
}
