/** Contenders take turns in one run, so that what the machine does meanwhile falls on all of them alike. */

/** One that is measured: `run` does its work once and gives its figure, in the unit of the benchmark. */
export type Contender = { name: string; run: () => Promise<number> };
export type Figures = { name: string; median: number; min: number; max: number; rounds: number[] };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which the share `part` (0 to 1) of the values lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const figuresOf = (name: string, rounds: number[]): Figures => ({
  name,
  median: median(rounds),
  min: Math.min(...rounds),
  max: Math.max(...rounds),
  rounds,
});

/** Each contender once a round, in an order that turns; one round before those that count. */
export async function interleave(
  contenders: readonly Contender[],
  rounds: number,
  tell: (line: string) => void,
): Promise<Figures[]> {
  const results = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    const turn = (Math.max(round, 0) % contenders.length) + contenders.length;
    for (let place = 0; place < contenders.length; place++) {
      const contender = contenders[(turn + place) % contenders.length];
      if (!contender) continue;
      const figure = await contender.run();
      if (round < 0) continue;
      results.get(contender.name)?.push(figure);
      tell(`  round ${round + 1}: ${contender.name} ${figure.toPrecision(4)}`);
    }
  }
  return contenders.map(({ name }) => figuresOf(name, results.get(name) ?? []));
}
