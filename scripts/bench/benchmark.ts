import type { Figures } from './rounds';

/** Ours against one peer: `atLeast` of the ratio of the medians, above 1 meaning that ours is better. */
export type Target = { peer: string; atLeast: number };
export type Result = {
  name: string;
  /** Of every figure; whether more is better decides which way a ratio is taken. */
  unit: string;
  moreIsBetter: boolean;
  ours: Figures;
  peers: Figures[];
  targets: Target[];
  /** Bounds that are no ratio, each with what was measured. */
  bounds: { what: string; value: number; atMost: number }[];
};

export type Surroundings = {
  root: string;
  rounds: number;
  /** Between 0 and 1: how much of the full work is done. 1 for figures that are to be published. */
  scale: number;
  /** Whether the processes of the product write where they spend their time to bench-results/. */
  profile: boolean;
  say: (line: string) => void;
  /** Undone at the end, in reverse order, whatever happens. */
  onClose: (closer: () => unknown) => void;
};
export type Benchmark = {
  name: string;
  about: string;
  run: (around: Surroundings) => Promise<Result | Result[]>;
};

/** How many times better ours is than the peer, by the medians. */
export function ratioTo({ ours, moreIsBetter, peers }: Result, peer: string): number {
  const theirs = peers.find(({ name }) => name === peer)?.median ?? Number.NaN;
  return moreIsBetter ? ours.median / theirs : theirs / ours.median;
}
