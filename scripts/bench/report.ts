import { type Result, ratioTo } from './benchmark';
import type { Figures } from './rounds';

const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

const spread = ({ median, min, max }: Figures): string => `${figure(median)} (${figure(min)}–${figure(max)})`;

/** One line a peer: `| path | ours | peer | ratio | target | met |`, and one a bound. */
export function tableOf(results: readonly Result[]): string {
  const head = ['path', 'ours', 'peer', 'ratio', 'target', ''];
  const rows = results.flatMap((result) => {
    const { name, unit, ours, peers, targets, bounds } = result;
    const against = peers.map((peer) => {
      const ratio = ratioTo(result, peer.name);
      const target = targets.find((one) => one.peer === peer.name);
      const met = target ? (ratio >= target.atLeast ? 'met' : 'missed') : '';
      const wanted = target ? `≥${Number(target.atLeast.toPrecision(2))}×` : '';
      const theirs = `${peer.name}: ${spread(peer)} ${unit}`;
      return [name, `${spread(ours)} ${unit}`, theirs, `${ratio.toPrecision(2)}×`, wanted, met];
    });
    const bounded = bounds.map(({ what, value, atMost }) => {
      const met = value <= atMost ? 'met' : 'missed';
      return [name, `${what}: ${figure(value)}`, '', '', `≤${figure(atMost)}`, met];
    });
    return [...against, ...bounded];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** How many targets and bounds were met and missed. */
export function countsOf(results: readonly Result[]): { met: number; missed: number } {
  const judged = results.flatMap((result) => [
    ...result.targets.map(({ peer, atLeast }) => ratioTo(result, peer) >= atLeast),
    ...result.bounds.map(({ value, atMost }) => value <= atMost),
  ]);
  return { met: judged.filter(Boolean).length, missed: judged.filter((met) => !met).length };
}
