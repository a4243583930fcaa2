import { Finder } from './finder';
import { type Card, type Spelling, spell, type Variant } from './spellings';

/** What is looked for: a card under a name of the run's own, in one spelling. The name is what is told, never the number. */
export type Needle = { of: string; spelling: Spelling; bytes: Buffer };
/** A needle that was found, how often, and the first place. */
export type Hit = { needle: Needle; sink: string; count: number; where: string };
export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Every spelling of a card, each pattern once. */
export function needlesOf(of: string, card: Card): Needle[] {
  const byBytes = new Map(spell(card).map((variant) => [variant.bytes.toString('latin1'), variant]));
  return [...byBytes.values()].map((variant) => needle(of, variant));
}

export const needle = (of: string, { spelling, bytes }: Variant): Needle => ({ of, spelling, bytes });

/** Looks for all needles at once and keeps what it finds, by sink. */
export class Scanner {
  readonly #needles: readonly Needle[];
  readonly #finder: Finder;
  readonly #hits = new Map<string, Hit>();
  /** Bytes looked at, by sink. */
  readonly read = new Map<string, number>();

  constructor(needles: readonly Needle[]) {
    this.#needles = needles;
    this.#finder = new Finder(needles.map(({ bytes }) => bytes));
  }

  get hits(): Hit[] {
    return [...this.#hits.values()];
  }

  /** One whole text or buffer. */
  look(sink: string, where: string, bytes: Uint8Array | string): void {
    const whole = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    this.#count(sink, whole.length);
    this.#finder.search(whole, (index, at) => this.#found(index, sink, `${where} at ${at}`));
  }

  /** A stream of any length, in memory that does not grow: each chunk is looked at with the end of the one before. */
  async stream(sink: string, where: string, chunks: Chunks): Promise<void> {
    let tail: Uint8Array = new Uint8Array(0);
    let before = 0;
    for await (const chunk of chunks) {
      const carried = tail.length;
      const bytes = Buffer.concat([tail, chunk]);
      this.#finder.search(bytes, (index, at) => {
        const end = at + (this.#needles[index]?.bytes.length ?? 0);
        if (end > carried) this.#found(index, sink, `${where} at ${before - carried + at}`);
      });
      before += chunk.length;
      tail = bytes.subarray(Math.max(0, bytes.length - this.#finder.overlap));
    }
    this.#count(sink, before);
  }

  #count(sink: string, bytes: number): void {
    this.read.set(sink, (this.read.get(sink) ?? 0) + bytes);
  }

  #found(index: number, sink: string, where: string): void {
    const found = this.#needles[index];
    if (!found) return;
    const key = `${sink}\0${index}`;
    const known = this.#hits.get(key);
    if (known) known.count++;
    else this.#hits.set(key, { needle: found, sink, count: 1, where });
  }
}
