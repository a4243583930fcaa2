import type { ReactNode } from 'react';

type Row = readonly [name: string, value: ReactNode];

/** Names and values, one under the other; what is null is left out. */
export const Facts = ({ rows }: { rows: readonly (Row | null | false | '')[] }) => (
  <dl className="mt-2 grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-sm">
    {rows.map(
      (row) =>
        row && (
          <div key={row[0]} className="contents">
            <dt className="text-muted">{row[0]}</dt>
            <dd className="wrap-anywhere">{row[1]}</dd>
          </div>
        ),
    )}
  </dl>
);
