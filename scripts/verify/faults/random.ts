/** Chance from a seed: the same seed and name give the same decisions, whatever else happens meanwhile. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next: () => number;
  chance: (probability: number) => boolean;
  /** A whole number from 0 up to, not including, `below`. */
  int: (below: number) => number;
  pick: <T>(items: readonly [T, ...T[]]) => T;
  /** Another stream of chance, which depends on this seed and the name alone. */
  fork: (name: string) => Random;
};

/** FNV-1a over the name, mixed with the seed. */
function hash(seed: number, name: string): number {
  let value = (0x811c9dc5 ^ seed) >>> 0;
  for (const char of name) value = Math.imul(value ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}

/** Mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(items.length)] ?? items[0],
    fork: (name) => seeded(hash(seed, name)),
  };
}

/** `count` different whole numbers below `below`, in order. */
export function sample(random: Random, count: number, below: number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, below)) chosen.add(random.int(below));
  return [...chosen].sort((a, b) => a - b);
}
