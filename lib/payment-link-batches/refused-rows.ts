import { type Outcome, ok } from '@/core/outcome';
import { listRefusedRows, type RefusedRow } from '@/db/queries/payment-link-batches';
import type { Ctx } from '../context';
import { csvRecord } from '../csv';
import { executor } from '../transact';
import { cellsOf, NOTES } from './csv-rows';
import { readPaymentLinkBatch } from './read';

const PAGE = 500;

async function* refusedRows(ctx: Ctx, id: string): AsyncGenerator<RefusedRow[]> {
  for (let after = 0; ; ) {
    const page = await listRefusedRows(executor(ctx), { merchantId: ctx.merchantId, id }, after, PAGE);
    yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.row ?? after;
  }
}

const cells = ({ value }: RefusedRow) => cellsOf(value === null ? null : JSON.parse(value));

/** Read twice: once for the columns that there are, once for the rows. */
async function* csvOf(ctx: Ctx, id: string): AsyncGenerator<string> {
  const found = new Set<string>();
  for await (const page of refusedRows(ctx, id))
    for (const row of page) for (const name of cells(row).keys()) found.add(name);
  const names = [...found];
  yield csvRecord([...NOTES, ...names]);
  for await (const page of refusedRows(ctx, id))
    yield page
      .map((row) => {
        const kept = cells(row);
        return csvRecord([row.row, row.error, ...names.map((name) => kept.get(name) ?? '')]);
      })
      .join('');
}

/** The rows of a batch of which no link was made, as CSV that can be mended and sent again; why stands beside each. */
export async function exportRefusedRows(ctx: Ctx, id: string): Promise<Outcome<AsyncGenerator<string>>> {
  const batch = await readPaymentLinkBatch(ctx, id);
  return batch.ok ? ok(csvOf(ctx, batch.value.id)) : batch;
}
