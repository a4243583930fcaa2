'use client';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { countOf } from '@/app/_components/format';
import { Notice } from '@/app/_components/notice';
import type { BatchPreview } from '@/lib/contracts/payment-link-batches';
import { ErrorTable } from './error-table';
import { columnText, linksText, rowsText } from './words';

type Props = { preview: BatchPreview; sending: boolean; confirm: () => void; again: () => void };

/** What would become of a file: how much of it is right, how its columns are read, and what is wrong. */
export function ImportPreview({ preview, sending, confirm, again }: Props) {
  const { rows, wrong } = preview;
  const right = rows - wrong;
  return (
    <>
      <Card id="preview" title={`${rowsText(rows)} checked. Nothing is made yet.`}>
        <Notice tone={wrong > 0 ? 'warn' : 'ok'}>
          {wrong === 0
            ? 'Every row is right.'
            : `${wrong === 1 ? '1 row is' : `${countOf(wrong)} rows are`} wrong and will be left out. You can get them as a file afterwards.`}
        </Notice>
        <div className="mt-4 flex flex-wrap gap-3">
          {right > 0 && (
            <Button onClick={confirm} disabled={sending} className="max-sm:w-full">
              {sending ? 'Sending…' : `Make ${linksText(right)}`}
            </Button>
          )}
          <Button kind="secondary" onClick={again} disabled={sending} className="max-sm:w-full">
            Choose another file
          </Button>
        </div>
      </Card>
      <Card id="columns" title="How it is read">
        <FirstRows preview={preview} />
      </Card>
      {wrong > 0 && (
        <Card id="wrong" title="What is wrong">
          <ErrorTable errors={preview.errors} wrong={wrong} />
        </Card>
      )}
    </>
  );
}

const FirstRows = ({ preview: { columns, first } }: { preview: BatchPreview }) => (
  <section
    aria-label="The first rows"
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    tabIndex={0}
    className="overflow-x-auto"
  >
    <table className="text-start text-sm">
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col" className="min-w-40 border-b border-line p-2 text-start align-top">
              <code className="font-semibold">{name}</code>
              <span className="block font-normal text-muted">{columnText(name)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {first.map((cells, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows that never move
          <tr key={at}>
            {cells.map((cell, column) => (
              <td key={columns[column]} className="max-w-64 truncate border-b border-line p-2">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
