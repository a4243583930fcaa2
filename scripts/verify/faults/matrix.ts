/** The fault matrix: what each fault may lead to at each step. docs/faults.md shows it; a test compares. */
import { COLUMNS, type Column, KEYPAD_COLUMNS, type Outcome, REFUND_COLUMNS } from './columns';

export type Cell = {
  /** As docs/faults.md says it. */
  says: string;
  /** The outcomes that keep the promise. A payment that needed no recovery is better than promised. */
  accepts: readonly Outcome[];
};
export type Row = {
  name: string;
  cells: Partial<Record<Column, Cell>>;
  /** The ways in which the fault is made, and where: each of these must be tried in every run of the row. */
  ways: ReadonlyMap<string, readonly Column[]>;
};

const ACCEPTS: Record<string, readonly Outcome[]> = {
  A: ['A'],
  B: ['B'],
  C: ['C→B', 'C→D', 'B', 'D'],
  'C→B': ['C→B', 'B'],
  'C→B or G': ['C→B', 'B', 'G'],
  'C→D': ['C→D', 'D'],
  'C→D or B': ['C→D', 'C→B', 'D', 'B'],
  D: ['D', 'C→D'],
  E: ['E'],
  F: ['F'],
  'A or B': ['A', 'B'],
  'A or F': ['A', 'F'],
  'B or F': ['B', 'F'],
  'A, B or F': ['A', 'B', 'F'],
  'one wins': ['A'],
  join: ['D', 'C→D'],
  drain: ['A', 'B'],
  finish: ['D', 'C→D'],
};

/** Cells from one line, by column: `A | B | – | …`, each one of the words above, with a remark in brackets. */
function cellsOf(columns: readonly Column[], line: string): Partial<Record<Column, Cell>> {
  const found = line.split('|').map((text) => text.trim());
  return Object.fromEntries(
    columns.flatMap((column, i) => {
      const says = found[i] || '–';
      const accepts = ACCEPTS[says.replace(/ \(.*\)$/, '')];
      if (says === '–') return [];
      if (!accepts) throw new Error(`"${says}" is no outcome of the matrix`);
      return [[column, { says, accepts }]];
    }),
  );
}

type More = {
  refunds?: string;
  /** Payments whose card is keyed. */
  keyed?: string;
  /** Each with the columns where it is not all of them. */
  ways?: Record<string, string>;
};

/** A row: its cells for payments, and those for refunds and for what is keyed. */
function row(
  name: string,
  payments: string,
  { refunds = '', keyed = '', ways = { '': '' } }: More = {},
): Row {
  const cells = {
    ...cellsOf(COLUMNS, payments),
    ...cellsOf(REFUND_COLUMNS, refunds),
    ...cellsOf(KEYPAD_COLUMNS, keyed),
  };
  const all = Object.keys(cells) as Column[];
  const columns = (where: string): Column[] =>
    where ? all.filter((column) => where.split(' ').includes(column)) : all;
  return { name, cells, ways: new Map(Object.entries(ways).map(([way, where]) => [way, columns(where)])) };
}

export const LOST_WAYS = ['reset', 'cut in the middle', '500', '503', 'timeout'] as const;

const everywhere = (...ways: string[]): Record<string, string> =>
  Object.fromEntries(ways.map((way) => [way, '']));

export const MATRIX = {
  portal: row('portal `kill -9`', 'A | B | C→D or B | C→D | C→D | D | E', {
    refunds: 'A | A | D | D | E',
    keyed: 'A | B | C→D or B | C→D | C→D | D | E',
  }),
  card: row('card process `kill -9`', 'A | B | C→D or B | C→D | C→D | D | E', {
    keyed: 'B or F (what was keyed is gone) | B | C→D or B | C→D | C→D | D | E',
  }),
  worker: row('worker `kill -9`', 'A | A | – | C→D (later) | D | D | E', {
    refunds: 'A | A | C→D | C→D | E',
    keyed: 'A | A | – | C→D (later) | D | D | E',
  }),
  everything: row('everything and PostgreSQL `kill -9`', 'A | B | C | C→D | C→D | D | E', {
    refunds: 'A | A | C→D | C→D | E',
    keyed: 'B or F (what was keyed is gone) | B | C | C→D | C→D | D | E',
  }),
  databaseGone: row('PostgreSQL gone 30 s', 'F | B | C | C→D | C→D | D | E', {
    refunds: 'A (asked again) | A | C→D | C→D | E',
    keyed: 'A, B or F | B | C | C→D | C→D | D | E',
  }),
  commitLost: row('COMMIT sent, connection lost', 'A or F | B | C | C→D | D (applied again) | D | E', {
    refunds: 'A (asked again) | – | – | D (applied again) | E',
    keyed: 'A (pressed again) | B | C | C→D | D (applied again) | – | –',
    ways: {
      'before it was carried out': 'S0–S1 S1–S2 S3–S4 S4–S5 R0–R1 R3–R4 K0–K1 K1–K2 K3–K4 K4–K5',
      'after it was carried out': 'S0–S1 S2–S3 S4–S5 S5–S6 S6–S7 R0–R1 R3–R4 R4–R5 K0–K1 K2–K3 K4–K5',
    },
  }),
  gatewayRefused: row('gateway refused, no byte sent', '– | B', {
    refunds: '– | A (asked again)',
    keyed: '– | B',
  }),
  gatewayLost: row('timeout or reset after bytes, 500, 503, garbled 200', '– | – | C | C→D', {
    refunds: '– | – | C→D (same key) | C→D',
    keyed: '– | – | C | C→D',
    ways: { ...everywhere(...LOST_WAYS), 'garbled 200': 'S3–S4 R3–R4 K3–K4' },
  }),
  decline: row('decline', '– | – | F (counts to the limit)', {
    refunds: '– | – | F (the room is free again)',
    keyed: '– | – | F (the link can be paid)',
    ways: {
      'until the link is locked': 'S2–S3',
      'as it is keyed': 'K2–K3',
      'refund refused at once': 'R2–R3',
      'refund refused later': 'R2–R3',
      'nothing left at the gateway': 'R2–R3',
    },
  }),
  mismatch: row(
    'answer for other amount, currency or reference',
    '– | – | C→B or G (a hold is voided there, what was taken is left to people) | C→D (the gateway itself is asked)',
    {
      refunds: '– | – | – | C→D (the gateway itself is asked)',
      keyed: '– | – | – | C→D (the gateway itself is asked)',
      ways: {
        'held for another amount': 'S2–S3',
        'taken for another amount': 'S2–S3',
        'other amount': 'S3–S4 R3–R4 K3–K4',
        'other currency': 'S3–S4 R3–R4 K3–K4',
        'other reference': 'S3–S4 R3–R4 K3–K4',
      },
    },
  ),
  notices: row(
    'notice of the gateway before its answer, lost, twice, out of order',
    '– | – | D | C→D | D | D | E',
    {
      refunds: '– | – | D | C→D | E',
      keyed: '– | – | D | C→D | D | D | E',
      ways: {
        ...everywhere('before the answer', 'lost', 'twice', 'out of order'),
        'out of order, at the bank': 'S2–S3',
      },
    },
  ),
  bankNever: row('3-D Secure never returns', '– | – | C→B (the gateway says expired)'),
  manyPayers: row(
    'double click, refresh, back, second tab, second device, agent and payer at once',
    'one wins | one wins | join | join | join | F (already paid) | F (already paid)',
    {
      refunds:
        'one wins | F (already asked for) | F (already asked for) | F (already asked for) | F (already given)',
      keyed: '– | one wins | join | join | join | F (already paid) | F (already paid)',
      ways: {
        'second device': 'S0–S1 S2–S3 S3–S4 S4–S5 S5–S6 S6–S7 K2–K3 K3–K4 K4–K5 K5–K6 K6–K7',
        'double click': 'S1–S2 K1–K2',
        refresh: 'S1–S2',
        'second tab': 'S1–S2',
        back: 'S6–S7',
        agent: 'S0–S1 S1–S2 S2–S3 S3–S4 S4–S5 S5–S6 S6–S7',
        'two refunds, one key': 'R0–R1',
        'two refunds': 'R0–R1 R1–R2 R2–R3 R3–R4 R4–R5',
      },
    },
  ),
  canceled: row(
    'canceled meanwhile',
    'F | B | D (flagged late) | D (flagged late) | D (flagged late) | D | E',
    { keyed: 'F | B | D (flagged late) | D (flagged late) | D (flagged late) | D | E' },
  ),
  expired: row('expired meanwhile', 'F | A (within the grace) | D | D | D | D | E', {
    keyed: 'F | A (within the grace) | D | D | D | D | E',
  }),
  diskFull: row('disk full', 'F | B | C | C→D | C→D | D | E', {
    refunds: 'A (asked again) | A | C→D | C→D | E',
    keyed: 'A, B or F | B | C | C→D | C→D | D | E',
  }),
  exhausted: row('memory or sockets exhausted', 'A or F | A or B | C | C→D | C→D | D | E', {
    refunds: 'A (asked again) | A | C→D | C→D | E',
    keyed: 'A, B or F | A or B | C | C→D | C→D | D | E',
    ways: everywhere('sockets', 'memory'),
  }),
  clocks: row('clocks of app hosts ±1 h, ±72 h', 'A (as without a fault)', {
    refunds: 'A (as without a fault)',
    ways: everywhere(
      ...['+1 h', '-1 h', '+72 h', '-72 h'],
      ...['portal +72 h, others -72 h', 'portal -72 h, others +72 h'],
    ),
  }),
  deploy: row('SIGTERM deploy', 'drain | drain | C | finish | finish | D | E', {
    refunds: 'A | A | finish | finish | E',
    keyed: 'A, B or F (what is keyed ends with its process) | drain | C | finish | finish | D | E',
    ways: everywhere('card', 'portal', 'worker'),
  }),
} as const satisfies Record<string, Row>;
export type RowKey = keyof typeof MATRIX;

export const rowOf = (key: RowKey): Row => MATRIX[key];
const ROWS = Object.keys(MATRIX) as RowKey[];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(columns: readonly Column[]): string {
  const shown = ROWS.map(rowOf).filter(({ cells }) => columns.some((column) => cells[column]));
  const lines = shown.map(({ name, cells }) =>
    line([name, ...columns.map((column) => cells[column]?.says ?? '–')]),
  );
  return [line(['fault', ...columns]), line(['fault', ...columns].map(() => '---')), ...lines].join('\n');
}

/** The matrix as docs/faults.md shows it: payments, refunds, what is keyed, and the ways in which a fault is made. */
export const paymentsTable = (): string => table(COLUMNS);
export const refundsTable = (): string => table(REFUND_COLUMNS);
export const keypadTable = (): string => table(KEYPAD_COLUMNS);
export const waysTable = (): string => {
  const told = ({ cells, ways }: Row): string =>
    [...ways]
      .map(([way, where]) =>
        where.length === Object.keys(cells).length ? way : `${way} (${where.join(' ')})`,
      )
      .join(' · ');
  const shown = ROWS.map(rowOf).filter(({ ways }) => !ways.has(''));
  return [
    line(['fault', 'made as']),
    line(['---', '---']),
    ...shown.map((one) => line([one.name, told(one)])),
  ].join('\n');
};
