/** What one party of a call hears, or a recording takes in. Milliseconds count from the call's start. */
export type Sound = 'speech' | 'tone' | 'mask' | 'silence';
/** `key` stands at tones only: their sound is made from it. It leaves memory as sound and in no other way. */
export type Segment = { fromMs: number; toMs: number; kind: Sound; key?: string };

/** How long a key sounds, whichever it is and however long it is held. */
export const KEY_MS = 120;

export class Hearing {
  #ground: Segment[] = [];
  #keyed: Segment[] = [];

  /** From now on this is heard between keys. Null: nothing is taken in at all, not even a key that still sounds. */
  become(kind: Sound | null, atMs: number): void {
    const last = this.#ground.at(-1);
    const open = last?.toMs === Number.POSITIVE_INFINITY ? last : null;
    if ((open?.kind ?? null) === kind) return;
    if (open) open.toMs = atMs;
    if (kind !== null) this.#ground.push({ fromMs: atMs, toMs: Number.POSITIVE_INFINITY, kind });
    else this.#keyed = within(this.#keyed, atMs);
  }

  /** A key that sounds over the rest, where anything is heard. */
  key(sound: Omit<Segment, 'toMs'>): void {
    if (this.#ground.at(-1)?.toMs === Number.POSITIVE_INFINITY)
      this.#keyed.push({ ...sound, toMs: sound.fromMs + KEY_MS });
  }

  /** All that was heard until now, in order. Where nothing was taken in there is a gap. */
  until(nowMs: number): Segment[] {
    const keyed = within(this.#keyed, nowMs);
    const between = within(this.#ground, nowMs).flatMap(({ kind, fromMs, toMs }) => {
      const cuts = keyed.filter((one) => one.toMs > fromMs && one.fromMs < toMs);
      const starts = [fromMs, ...cuts.map((one) => one.toMs)];
      const ends = [...cuts.map((one) => one.fromMs), toMs];
      return starts.map((start, i) => ({ fromMs: start, toMs: ends[i] ?? start, kind }));
    });
    return [...between.filter(({ fromMs, toMs }) => toMs > fromMs), ...keyed].sort(
      (a, b) => a.fromMs - b.fromMs,
    );
  }
}

const within = (segments: readonly Segment[], endMs: number): Segment[] =>
  segments.filter(({ fromMs }) => fromMs < endMs).map((one) => ({ ...one, toMs: Math.min(one.toMs, endMs) }));
