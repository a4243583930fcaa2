import { parseArgs } from 'node:util';
import type { Target } from './house';

export type Options = {
  seed: number;
  payments: number;
  kills: number;
  /** Payers at once. */
  atOnce: number;
  mode: 'full' | 'quick' | 'controls';
  /** The deliberately broken variant to run, which must fail. */
  control: string | null;
  /** Every kill at random is of this target, where a control asks for it. */
  target?: Target;
  /** Only these rows of the matrix: parts of their names, with | between them. */
  row: string | null;
  /** Neither payments at random nor the matrix, where one of them is not wanted. */
  parts: { matrix: boolean; payments: boolean };
  /** Leaves the data of the run for a look. */
  keep: boolean;
};

export const USAGE = `npm run verify:faults -- [options]
  --quick            the cheap cells and some hundred payments, at most three minutes
  --payments N       payments at random (default 10000; with --quick 200)
  --kills N          kills among them (default 300; with --quick 12)
  --seed N           the run to do again (default: a new one, which is printed)
  --at-once N        payers at once (default 40)
  --no-matrix        payments only
  --no-payments      matrix only
  --row TEXT         only rows of the matrix whose name holds this; several with | between them
  --control NAME     a deliberately broken variant: must end in failure
  --controls         every variant; ends well only if each of them failed
  --keep             leaves the data of the run`;

const whole = (name: string, text: string | undefined, standard: number): number => {
  if (text === undefined) return standard;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`--${name} is "${text}": it must be a whole number.`);
  return value;
};

/** The command line as options. Throws one sentence for what is not known. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      controls: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      'no-matrix': { type: 'boolean', default: false },
      'no-payments': { type: 'boolean', default: false },
      seed: { type: 'string' },
      payments: { type: 'string' },
      kills: { type: 'string' },
      'at-once': { type: 'string' },
      control: { type: 'string' },
      row: { type: 'string' },
    },
  });
  const { quick } = values;
  return {
    seed: whole('seed', values.seed, Math.floor(Math.random() * 0x7fff_ffff)),
    payments: whole('payments', values.payments, quick ? 200 : 10_000),
    kills: whole('kills', values.kills, quick ? 12 : 300),
    atOnce: whole('at-once', values['at-once'], 40),
    mode: values.controls ? 'controls' : quick ? 'quick' : 'full',
    control: values.control ?? null,
    row: values.row ?? null,
    parts: { matrix: !values['no-matrix'], payments: !values['no-payments'] },
    keep: values.keep,
  };
}
