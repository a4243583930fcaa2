/** Finds many byte patterns in one pass (Wu and Manber, 1994): most bytes are never looked at, however many patterns. */
const BLOCKS = 65_536;
const NONE = -1;

export class Finder {
  /** How much of one chunk must be looked at again with the next, so that nothing is cut in two. */
  readonly overlap: number;
  readonly #patterns: readonly Uint8Array[];
  readonly #window: number;
  readonly #shift = new Uint8Array(BLOCKS);
  readonly #first = new Int32Array(BLOCKS).fill(NONE);
  readonly #next: Int32Array;

  /** Every pattern needs at least four bytes. */
  constructor(patterns: readonly Uint8Array[]) {
    this.#patterns = patterns;
    this.#window = Math.min(255, ...patterns.map(({ length }) => length));
    if (patterns.length === 0 || this.#window < 4)
      throw new Error('patterns of four bytes or more are needed');
    this.overlap = Math.max(...patterns.map(({ length }) => length)) - 1;
    this.#next = new Int32Array(patterns.length).fill(NONE);
    this.#shift.fill(this.#window - 1);
    for (const [index, pattern] of patterns.entries()) this.#enter(index, pattern);
  }

  #enter(index: number, pattern: Uint8Array): void {
    const last = this.#window - 1;
    for (let end = 1; end <= last; end++) {
      const block = (pattern[end - 1] ?? 0) | ((pattern[end] ?? 0) << 8);
      this.#shift[block] = Math.min(this.#shift[block] ?? 0, last - end);
      if (end < last) continue;
      this.#next[index] = this.#first[block] ?? NONE;
      this.#first[block] = index;
    }
  }

  /** Calls `found` with the index of the pattern and its place, for every occurrence. */
  search(bytes: Uint8Array, found: (pattern: number, at: number) => void): void {
    const shift = this.#shift;
    const last = this.#window - 1;
    const { length } = bytes;
    let end = last;
    while (end < length) {
      const block = (bytes[end - 1] as number) | ((bytes[end] as number) << 8);
      const step = shift[block] as number;
      if (step > 0) end += step;
      else this.#compare(bytes, block, end++ - last, found);
    }
  }

  #compare(bytes: Uint8Array, block: number, at: number, found: (pattern: number, at: number) => void): void {
    for (let index = this.#first[block] ?? NONE; index !== NONE; index = this.#next[index] ?? NONE) {
      const pattern = this.#patterns[index];
      if (!pattern || at + pattern.length > bytes.length) continue;
      let i = 0;
      while (i < pattern.length && bytes[at + i] === pattern[i]) i++;
      if (i === pattern.length) found(index, at);
    }
  }
}
