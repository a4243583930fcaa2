'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { countOf } from '@/app/_components/format';
import { Time } from '@/app/_components/time';
import type { PaymentLinkBatch } from '@/lib/contracts/payment-link-batches';
import { readJson } from '../../../_parts/live';
import { LiveDot, ReadProblem } from '../../../_parts/live-state';
import { ErrorTable } from '../error-table';
import type { Import } from '../read';
import { linksText, rowsText, stateText } from '../words';

const MOVING_MS = 1000;

/** How far an import is, live, and what is left to do when it has ended. */
export function ImportDetail({ first, zone }: { first: Import; zone: string }) {
  const { data, error } = useQuery({
    queryKey: ['import', first.batch.id],
    queryFn: ({ signal }) => readJson<Import>(`/api/staff/imports/${first.batch.id}`, signal),
    initialData: first,
    refetchInterval: ({ state }) => (state.data?.batch.endedAt ? false : MOVING_MS),
  });
  const { batch, errors } = data;
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">Import of {rowsText(batch.rows)}</h1>
        {!batch.endedAt && <LiveDot error={error} />}
      </div>
      <ReadProblem error={error} />
      <Card id="state" title={stateText(batch)}>
        <Progress batch={batch} />
        <p className="mt-3 text-sm text-muted">
          Begun by {batch.createdBy.name}, <Time at={batch.createdAt} zone={zone} />.
          {!batch.endedAt && ' You can close this page: it goes on.'}
        </p>
        <div className="mt-4 flex flex-wrap gap-3">
          {batch.issuedRows > 0 && (
            <Link href={`/admin?batch=${batch.id}`} prefetch={false} className={buttonClass()}>
              See its links
            </Link>
          )}
          {batch.endedAt && batch.refusedRows > 0 && (
            <a href={`/api/staff/imports/${batch.id}/refused`} download className={buttonClass('secondary')}>
              Get the wrong rows
            </a>
          )}
        </div>
      </Card>
      {batch.refusedRows > 0 && (
        <Card id="wrong" title="What is wrong">
          <p className="mb-3 text-muted">
            No link was made of these rows. Mend them in the file of wrong rows, and import that file. Rows
            are kept for 30 days, and never those with a card number in them.
          </p>
          <ErrorTable errors={errors} wrong={batch.refusedRows} />
        </Card>
      )}
    </div>
  );
}

function Progress({ batch }: { batch: PaymentLinkBatch }) {
  const { status, rows, checkedRows, issuedRows, refusedRows } = batch;
  const done = status === 'checking' ? checkedRows : issuedRows + refusedRows;
  return (
    <>
      {!batch.endedAt && (
        <progress
          aria-label="Rows that are done"
          value={done}
          max={rows}
          className="h-3 w-full overflow-hidden rounded-full accent-accent"
        />
      )}
      <p aria-live="polite" className="mt-1 tabular-nums">
        {linksText(issuedRows)} made
        {refusedRows > 0 && `, ${rowsText(refusedRows)} wrong`}
        {!batch.endedAt && `, ${countOf(rows - done)} to go`}
      </p>
    </>
  );
}
