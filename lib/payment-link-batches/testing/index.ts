import type { Ctx } from '../../context';
import type { BatchError, PaymentLinkBatch } from '../../contracts/payment-link-batches';
import type { TestHouse } from '../../testing';
import {
  type BatchBody,
  listBatchErrors,
  readPaymentLinkBatch,
  receivePaymentLinkBatch,
  runPaymentLinkBatch,
  startPaymentLinkBatch,
} from '../index';

/** A text in pieces of a few bytes: characters are cut too. */
export async function* pieces(text: string, bytes = 1_000): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let at = 0; at < all.length; at += bytes) yield all.subarray(at, at + bytes);
}
export const asJson = (rows: readonly unknown[]): BatchBody => ({
  format: 'json',
  chunks: pieces(JSON.stringify(rows)),
});
export const asCsv = (text: string): BatchBody => ({ format: 'csv', chunks: pieces(text) });

/** What is done with batches, as tests tell it. */
export class BatchTales {
  constructor(
    readonly house: () => TestHouse,
    private readonly ctx = (): Ctx => this.house().as('api'),
  ) {}

  async started(body: BatchBody, query: object = {}): Promise<PaymentLinkBatch> {
    const received = await receivePaymentLinkBatch(this.ctx(), query, body);
    if (!received.ok) throw new Error(`${received.error.code} ${received.error.message}`);
    const started = await startPaymentLinkBatch(this.ctx(), received.value.id);
    if (!started.ok) throw new Error(started.error.message);
    return started.value;
  }

  /** Does what the job does, as often as it comes. */
  async ended(id: string): Promise<PaymentLinkBatch> {
    const key = { merchantId: this.house().merchantId, id };
    for (let turns = 0; turns < 50; turns++) {
      const batch = await this.read(id);
      if (batch.endedAt !== null) return batch;
      await runPaymentLinkBatch(this.house().services, key, 5_000);
    }
    throw new Error('the batch does not end');
  }

  done = async (body: BatchBody, query: object = {}): Promise<PaymentLinkBatch> =>
    this.ended((await this.started(body, query)).id);

  async read(id: string): Promise<PaymentLinkBatch> {
    const outcome = await readPaymentLinkBatch(this.house().as('viewer'), id);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value;
  }

  /** All of them, page by page. */
  async errors(id: string, limit = 100): Promise<BatchError[]> {
    const all: BatchError[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = { limit: String(limit), ...(cursor && { cursor }) };
      const page = await listBatchErrors(this.house().as('viewer'), id, query);
      if (!page.ok) throw new Error(page.error.message);
      all.push(...page.value.data);
      cursor = page.value.nextCursor;
    }
    return all;
  }
}
