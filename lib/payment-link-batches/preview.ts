import { type AppError, type Outcome, ok } from '@/core/outcome';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { BatchError, BatchPreview } from '../contracts/payment-link-batches';
import { type Issuer, loadIssuer } from '../payment-links/issue';
import { executor } from '../transact';
import { checkRows, rememberedResolve } from './check';
import { cellsOf } from './csv-rows';
import { errorRows } from './errors';
import { findCard, PART, Rows, readRows } from './intake';
import { errorView } from './view';

const SHOWN_ROWS = 5;
const TOLD_ERRORS = 200;

/** Rows that are only looked at. Of one with a card number in it nothing is shown. */
class Looked extends Rows {
  columns: string[] = [];
  wrong = 0;
  readonly first: string[][] = [];
  readonly errors: BatchError[] = [];
  private texts: string[] = [];
  private readonly resolve = rememberedResolve();

  constructor(
    private readonly ctx: Ctx,
    private readonly issuer: Issuer,
  ) {
    super();
  }

  override head(names: readonly string[]): void {
    this.columns = [...names];
  }

  async add(row: unknown): Promise<void> {
    this.count();
    const text = `[${this.rows},${JSON.stringify(row)}]`;
    const clean = findCard(row, text);
    if (!clean.ok) return this.note(this.rows, clean.error);
    if (this.first.length < SHOWN_ROWS) {
      const cells = cellsOf(row);
      this.first.push(this.columns.map((name) => cells.get(name) ?? ''));
    }
    this.texts.push(text);
    if (this.texts.length >= PART.rows) await this.end();
  }

  async addFault(message: string): Promise<void> {
    this.count();
    this.note(this.rows, { code: 'invalid', message });
  }

  async end(): Promise<void> {
    const { refused } = await checkRows(this.ctx, this.issuer, `[${this.texts.join(',')}]`, this.resolve);
    this.texts = [];
    for (const { row, error } of refused) this.note(row, error);
  }

  private note(row: number, error: AppError): void {
    this.wrong++;
    if (this.errors.length >= TOLD_ERRORS) return;
    this.errors.push(...errorRows({ merchantId: this.ctx.merchantId, id: '' }, row, error).map(errorView));
  }
}

/** What would become of a CSV file, by all the rules of a single link. Nothing is made, and nothing is kept. */
export async function previewPaymentLinkBatch(
  ctx: Ctx,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Outcome<BatchPreview>> {
  const allowed = authorize(ctx, 'payment_links:create');
  if (!allowed.ok) return allowed;
  const looked = new Looked(ctx, await loadIssuer(ctx, executor(ctx)));
  const read = await readRows({ format: 'csv', chunks }, looked);
  if (!read.ok) return read;
  const { rows, wrong, columns, first } = looked;
  const errors = looked.errors.sort((one, other) => one.row - other.row);
  return ok({ rows, wrong, columns, first, errors });
}
