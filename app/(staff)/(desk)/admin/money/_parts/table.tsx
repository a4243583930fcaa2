import type { ReactNode } from 'react';
import { cx } from '@/app/_components/cx';

type Row = { key: string; cells: ReactNode[] };
type Props = { label: string; columns: string[] /** Columns of figures. */; numbers?: string[]; rows: Row[] };

/**
 * One markup for both: a table on wide screens, cards on phones, where each value but the first two stands beside its
 * column's name.
 */
export const Table = ({ label, columns, numbers = [], rows }: Props) => (
  <table
    aria-label={label}
    className="w-full border-separate border-spacing-0 overflow-hidden rounded-xl border-line bg-surface text-start max-lg:block max-lg:bg-transparent lg:border lg:shadow-card"
  >
    <thead className="max-lg:sr-only">
      <tr>
        {columns.map((name) => (
          <th
            key={name}
            scope="col"
            className={cx(
              'border-b border-line px-4 py-2.5 text-[0.8125rem] font-medium text-muted',
              numbers.includes(name) ? 'text-end' : 'text-start',
            )}
          >
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody className="max-lg:grid max-lg:gap-3 md:max-lg:grid-cols-2">
      {rows.map(({ key, cells }) => (
        <tr
          key={key}
          className="relative hover:bg-sunken/60 max-lg:grid max-lg:grid-cols-[1fr_auto] max-lg:content-start max-lg:gap-x-4 max-lg:gap-y-1.5 max-lg:rounded-xl max-lg:border max-lg:border-line max-lg:bg-surface max-lg:p-4 lg:[&:not(:last-child)>td]:border-b lg:[&>td]:border-line"
        >
          {columns.map((name, at) => (
            <td
              key={name}
              className={cx(
                'px-4 py-3 align-top max-lg:p-0',
                at > 1 && 'max-lg:col-span-2 max-lg:flex max-lg:justify-between max-lg:gap-4 max-lg:text-sm',
                numbers.includes(name) && 'tabular-nums lg:text-end lg:whitespace-nowrap',
              )}
            >
              {at > 1 && (
                <span aria-hidden="true" className="min-w-24 shrink-0 text-muted lg:hidden">
                  {name}
                </span>
              )}
              {cells[at]}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
