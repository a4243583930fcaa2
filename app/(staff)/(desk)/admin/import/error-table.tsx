import { countOf } from '@/app/_components/format';
import type { BatchError } from '@/lib/contracts/payment-link-batches';
import { Table } from '../money/_parts/table';
import { plainText } from './words';

/** The first of what is wrong, row by row. */
export function ErrorTable({ errors, wrong }: { errors: readonly BatchError[]; wrong: number }) {
  const told = new Set(errors.map(({ row }) => row)).size;
  return (
    <>
      <Table
        label="What is wrong, row by row"
        columns={['Row', 'Column', 'What is wrong']}
        rows={errors.map(({ row, path, message }, at) => ({
          key: `${row} ${at}`,
          cells: [countOf(row), path === '' ? '–' : <code key="path">{path}</code>, plainText(message)],
        }))}
      />
      <p className="mt-3 text-sm text-muted">
        The header is not counted.
        {told < wrong && ` ${countOf(wrong - told)} more are not shown here; the file has them all.`}
      </p>
    </>
  );
}
