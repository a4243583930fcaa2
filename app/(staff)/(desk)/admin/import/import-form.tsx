'use client';
import { useRouter } from 'next/navigation';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { cx } from '@/app/_components/cx';
import { AreaField } from '@/app/_components/field';
import { Notice } from '@/app/_components/notice';
import type { Outcome } from '@/core/outcome';
import type { BatchPreview, PaymentLinkBatch } from '@/lib/contracts/payment-link-batches';
import { useUnsaved } from '../../_parts/use-unsaved';
import { ImportPreview } from './preview';
import { sendCsv } from './send';
import { COLUMNS } from './words';

const TEMPLATE =
  'amountMinor,currency,reference,description,customer.name,customer.email,customer.phone,send\r\n1240,GBP,INV-1001,Two walking sticks,Ada Byron,ada@example.com,+447700900123,email sms\r\n';

type Chosen = { file: Blob; preview: Outcome<BatchPreview> | null };

/** A file is chosen, dropped or pasted, looked at by the rules of the portal, and only then sent for good. */
export function ImportForm() {
  const router = useRouter();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [refused, setRefused] = useState('');
  const [sending, setSending] = useState(false);
  const result = useRef<HTMLDivElement>(null);
  const preview = chosen?.preview?.ok ? chosen.preview.value : null;
  useUnsaved(preview !== null && !sending);
  useEffect(() => {
    if (chosen?.preview) result.current?.focus();
  }, [chosen?.preview]);
  const choose = async (file: Blob) => {
    setRefused('');
    setChosen({ file, preview: null });
    setChosen({ file, preview: await sendCsv<BatchPreview>('/api/staff/imports/preview', file) });
  };
  const confirm = async () => {
    if (!chosen) return;
    setSending(true);
    const begun = await sendCsv<PaymentLinkBatch>('/api/staff/imports', chosen.file);
    if (begun.ok) return router.push(`/admin/import/${begun.value.id}`);
    setRefused(begun.error.message);
    setSending(false);
  };
  const problem = chosen?.preview && !chosen.preview.ok ? explain(chosen.preview.error.message) : refused;
  return (
    <div className="space-y-4">
      {!preview && <Choice choose={(file) => void choose(file)} busy={chosen !== null && !chosen.preview} />}
      <div ref={result} tabIndex={-1} className="space-y-4 outline-none">
        {problem && <Notice tone="bad">{problem}</Notice>}
        {preview && (
          <ImportPreview
            preview={preview}
            sending={sending}
            confirm={() => void confirm()}
            again={() => setChosen(null)}
          />
        )}
      </div>
    </div>
  );
}

/** A spreadsheet of some countries parts cells by semicolons: said so, rather than that its header is one unknown column. */
const explain = (message: string): string =>
  /^[^:]*;.*known column$/.test(message)
    ? 'The cells are parted by semicolons. Save the file as CSV parted by commas.'
    : message.replace(': is', ' is');

type ChoiceProps = { choose: (file: Blob) => void; busy: boolean };

function Choice({ choose, busy }: ChoiceProps) {
  const [over, setOver] = useState(false);
  const [text, setText] = useState('');
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !busy) choose(file);
  };
  return (
    <Card id="choose" title="Choose a file" aside={<Template />}>
      <section
        aria-label="Drop a file here"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          'rounded-lg border border-dashed p-5',
          over ? 'border-accent bg-accent-soft' : 'border-line-strong',
        )}
      >
        <label htmlFor="file" className="font-medium">
          CSV file
        </label>
        <input
          id="file"
          type="file"
          accept=".csv,text/csv"
          disabled={busy}
          aria-describedby="file-hint"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) choose(file);
            target.value = '';
          }}
          className="mt-2 block min-h-10 max-w-full text-sm file:me-3 file:min-h-10 file:rounded-lg file:border file:border-line-strong file:bg-surface file:px-4 file:font-medium file:text-ink"
        />
        <p id="file-hint" className="mt-2 text-sm text-muted">
          Choose it or drop it here. UTF-8, cells parted by commas, up to 100,000 rows and 64 MB. Never card
          numbers: a row with one is refused and not kept.
        </p>
      </section>
      <details className="mt-4">
        <summary className="cursor-pointer font-medium text-accent">Paste rows instead</summary>
        <div className="mt-3 space-y-3">
          <AreaField
            name="pasted"
            label="Rows with their header"
            rows={6}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="font-mono text-sm"
          />
          <Button
            kind="secondary"
            disabled={busy || text.trim() === ''}
            onClick={() => choose(new Blob([text]))}
          >
            Check these rows
          </Button>
        </div>
      </details>
      <details className="mt-4">
        <summary className="cursor-pointer font-medium text-accent">Which columns there are</summary>
        <dl className="mt-3 grid gap-x-6 gap-y-2 text-sm sm:grid-cols-2">
          {Object.entries({ ...COLUMNS, 'metadata.…': 'A field of your own, by any name' }).map(
            ([name, what]) => (
              <div key={name}>
                <dt>
                  <code className="font-semibold">{name}</code>
                </dt>
                <dd className="text-muted">{what}</dd>
              </div>
            ),
          )}
        </dl>
      </details>
      <p role="status" className="mt-3 text-muted empty:hidden">
        {busy ? 'Checking each row…' : ''}
      </p>
    </Card>
  );
}

/** A file to begin with, made here. */
function Template() {
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([TEMPLATE], { type: 'text/csv' }));
    link.download = 'payment-links.csv';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Button kind="quiet" onClick={save}>
      Get an example file
    </Button>
  );
}
