/** Cards planted on purpose: what the scan must find, one fresh number for each sink and spelling. */
import { freshCard } from '../scan/canary';
import type { Hit, Needle } from '../scan/scanner';
import { type Spelling, spell } from '../scan/spellings';
import { PACKED, PLANTED, type Sink } from './sinks';

export type Column = Spelling | 'gzip' | 'brotli';
type Control = { sink: Sink; column: Column; example: Buffer; needle: Needle };
export type Tally = { found: number; planted: number };

const isText = ({ example }: Control): boolean =>
  !example.includes(0) && Buffer.from(example.toString('utf8')).equals(example);

/** The index-th spelling of a card of its own, for one sink. */
function control(sink: Sink, index: number, column?: Column): Control {
  const variant = spell(freshCard())[index];
  if (!variant) throw new Error('every card has the same spellings');
  const { spelling, bytes, example } = variant;
  const needle = { of: `control ${column ?? index}`, spelling, bytes };
  return { sink, column: column ?? spelling, example, needle };
}

const SPELLED = spell(freshCard()).length;

function plan(): Control[] {
  const spelled = (Object.entries(PLANTED) as [Sink, 'text' | 'bytes'][]).flatMap(([sink, kind]) => {
    const all = Array.from({ length: SPELLED }, (_, index) => control(sink, index));
    return kind === 'text' ? all.filter(isText) : all;
  });
  const packed = PACKED.flatMap((sink) => [control(sink, 0, 'gzip'), control(sink, 0, 'brotli')]);
  return [...spelled, ...packed];
}

export class Controls {
  readonly #controls = plan();

  get count(): number {
    return this.#controls.length;
  }

  /** What to plant in a sink, as it would really stand there. */
  of = (sink: Sink): Buffer[] =>
    this.#controls
      .filter((one) => one.sink === sink && one.column !== 'gzip' && one.column !== 'brotli')
      .map(({ example }) => example);

  /** What to compress and then plant. */
  packedOf = (sink: Sink, column: 'gzip' | 'brotli'): Buffer =>
    Buffer.concat(
      this.#controls
        .filter((one) => one.sink === sink && one.column === column)
        .map(({ example }) => example),
    );

  needles = (): Needle[] => this.#controls.map(({ needle }) => needle);

  /** How many of the planted were found where they were planted. */
  tally(hits: readonly Hit[]): Map<Sink, Map<Column, Tally>> {
    const sinksOf = new Map<Needle, Set<string>>();
    for (const { needle, sink } of hits) sinksOf.set(needle, (sinksOf.get(needle) ?? new Set()).add(sink));
    const rows = new Map<Sink, Map<Column, Tally>>();
    for (const { sink, column, needle } of this.#controls) {
      const row = rows.get(sink) ?? new Map<Column, Tally>();
      rows.set(sink, row);
      const { found, planted } = row.get(column) ?? { found: 0, planted: 0 };
      const here = sinksOf.get(needle)?.has(sink) ? 1 : 0;
      row.set(column, { found: found + here, planted: planted + 1 });
    }
    return rows;
  }
}
