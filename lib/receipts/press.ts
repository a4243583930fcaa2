import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { fontsFor } from './scripts';
import type { Order } from './thread';
import type { Receipt } from './words';

type Job = {
  receipt: Receipt;
  pdf: Promise<Uint8Array>;
  resolve: (pdf: Uint8Array) => void;
  reject: (error: Error) => void;
};
export type PressLimits = { mostWaiting: number; mostKept: number; patienceMs: number; idleMs: number };

const LIMITS: PressLimits = { mostWaiting: 8, mostKept: 50, patienceMs: 15_000, idleMs: 60_000 };
const MEMORY_MB = 256;

/**
 * Makes PDFs of receipts in a thread of its own, so that no other page waits for one: one at a time, with an end to time,
 * memory and the number that wait. The same receipt is made once for all who ask meanwhile and soon after.
 */
export class Press {
  /** By their receipt's text; the first is under way. */
  readonly #jobs = new Map<string, Job>();
  readonly #made = new Map<string, Uint8Array>();
  #thread: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly file = path.join(process.cwd(), 'dist', 'receipt-pdf.mjs'),
    private readonly limits = LIMITS,
  ) {}

  /** Null where too many wait already. */
  make(receipt: Receipt): Promise<Uint8Array> | null {
    const text = JSON.stringify(receipt);
    const made = this.#made.get(text);
    if (made) return Promise.resolve(made);
    const same = this.#jobs.get(text);
    if (same) return same.pdf;
    if (this.#jobs.size > this.limits.mostWaiting) return null;
    const { promise: pdf, resolve, reject } = withResolvers();
    this.#jobs.set(text, { receipt, pdf, resolve, reject });
    if (this.#jobs.size === 1) this.#begin();
    return pdf;
  }

  /** Ends the thread; what was made is forgotten. */
  close(): void {
    clearTimeout(this.#timer);
    this.#made.clear();
    void this.#thread?.terminate();
    this.#thread = undefined;
  }

  #begin(): void {
    clearTimeout(this.#timer);
    const [next] = this.#jobs.values();
    if (next) {
      this.#thread ??= this.#start();
      const order: Order = { receipt: next.receipt, fonts: fontsFor(next.receipt) };
      this.#thread.postMessage(order);
    }
    this.#timer = next
      ? setTimeout(() => this.#fail(new Error('a receipt took too long')), this.limits.patienceMs)
      : setTimeout(() => this.close(), this.limits.idleMs);
    this.#timer.unref();
  }

  #start(): Worker {
    const thread = new Worker(this.file, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    thread.unref();
    thread.on('message', (pdf: Uint8Array) =>
      this.#end((job, text) => {
        this.#made.set(text, pdf);
        for (const old of this.#made.keys())
          if (this.#made.size > this.limits.mostKept) this.#made.delete(old);
        job.resolve(pdf);
      }),
    );
    thread.on('error', (error) => thread === this.#thread && this.#fail(error));
    return thread;
  }

  #fail(error: Error): void {
    void this.#thread?.terminate();
    this.#thread = undefined;
    this.#end((job) => job.reject(error));
  }

  /** The one under way is over; the next begins. */
  #end(tell: (job: Job, text: string) => void): void {
    const [first] = this.#jobs;
    if (!first) return;
    const [text, job] = first;
    this.#jobs.delete(text);
    tell(job, text);
    this.#begin();
  }
}

/** `Promise.withResolvers` of later Nodes. */
function withResolvers(): Pick<Job, 'resolve' | 'reject'> & { promise: Promise<Uint8Array> } {
  let [resolve, reject]: [Job['resolve'], Job['reject']] = [() => {}, () => {}];
  const promise = new Promise<Uint8Array>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
}
