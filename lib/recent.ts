/** Keeps what was made for the keys that were used last, so many at the most. */
export class Recent<T> {
  readonly #kept = new Map<string, T>();

  constructor(
    private readonly most: number,
    private readonly onForget: (one: T) => void = () => {},
  ) {}

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  get(key: string, make: () => T): T {
    const one = this.#kept.get(key) ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, one);
    const [oldest] = this.#kept;
    if (oldest && this.#kept.size > this.most) {
      this.#kept.delete(oldest[0]);
      this.onForget(oldest[1]);
    }
    return one;
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }
}
