import { parentPort } from 'node:worker_threads';
import { receiptPdf } from './pdf';
import type { FontName } from './scripts';
import type { Receipt } from './words';

export type Order = { receipt: Receipt; fonts: FontName[] };

/** The thread in which receipts become PDFs: one at a time, as the press sends them. */
parentPort?.on('message', async ({ receipt, fonts }: Order) => {
  parentPort?.postMessage(await receiptPdf(receipt, fonts));
});
