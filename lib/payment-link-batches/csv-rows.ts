import { type Outcome, ok, refuse } from '@/core/outcome';
import { csvCell } from '../csv';
import { refuseCardNumber } from '../parse';

type Column = { path: string[]; kind: 'text' | 'integer' | 'channels' | 'note' };
/** A row as one link is asked for, or what is wrong with it. */
export type CsvRow = { value: Record<string, unknown> } | { fault: string };

const TEXTS = [
  ...['currency', 'amountType', 'description', 'reference', 'profile', 'returnUrl', 'callbackUrl', 'locale'],
  ...['customer.name', 'customer.email', 'customer.phone', 'customer.locale', 'customer.timeZone'],
  ...['challenge.kind', 'challenge.postcode', 'challenge.channel'],
];
const INTEGERS = ['amountMinor', 'minAmountMinor', 'maxAmountMinor', 'expiresInSeconds'];
/** Columns of the file of refused rows that only tell: they are not read when it is sent again. */
export const NOTES = ['row', 'error'] as const;
const METADATA = /^metadata\.(.+)$/s;

function columnOf(name: string): Column | null {
  const key = METADATA.exec(name)?.[1];
  if (key !== undefined) return { path: ['metadata', key], kind: 'text' };
  if (TEXTS.includes(name)) return { path: name.split('.'), kind: 'text' };
  if (INTEGERS.includes(name)) return { path: [name], kind: 'integer' };
  if (NOTES.some((note) => note === name)) return { path: [name], kind: 'note' };
  return name === 'send' ? { path: ['send'], kind: 'channels' } : null;
}

/** The columns that the first record names. One that is unknown, or named twice, refuses all: no row could be right. */
export function readHeader(names: readonly string[]): Outcome<Column[]> {
  const clean = refuseCardNumber(names);
  if (!clean.ok) return clean;
  const columns: Column[] = [];
  for (const [i, name] of names.entries()) {
    const column = columnOf(name);
    const message = names.indexOf(name) < i ? 'is named twice' : 'is not a known column';
    if (!column || names.indexOf(name) < i) {
      const shown = name.slice(0, 64);
      return refuse('invalid', `${shown}: ${message}`, { errors: [{ path: shown, message }] });
    }
    columns.push(column);
  }
  return ok(columns);
}

/** The cells under these columns as one link is asked for. An empty cell says nothing. */
export function readCells(columns: readonly Column[], cells: readonly string[]): CsvRow {
  if (cells.length !== columns.length)
    return { fault: `has ${cells.length} cells, and the header ${columns.length}` };
  const value: Record<string, unknown> = {};
  for (const [i, { path, kind }] of columns.entries()) {
    const cell = csvCell(cells[i] ?? '');
    if (cell === '' || kind === 'note') continue;
    const [outer = '', inner] = path;
    if (inner === undefined) value[outer] = typedCell(cell, kind);
    else value[outer] = Object.assign(Object.create(null), value[outer], { [inner]: cell });
  }
  return { value };
}

/** What is no whole number stays text, and is refused where it is checked. */
function typedCell(cell: string, kind: Column['kind']): unknown {
  if (kind === 'integer') return /^-?\d{1,15}$/.test(cell) ? Number(cell) : cell;
  if (kind === 'channels') return cell.split(' ').map((channel) => ({ channel }));
  return cell;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A row by the columns that it would fill, in the order of the columns there are. What no column can say is left out. */
export function cellsOf(value: unknown): Map<string, string> {
  const cells = new Map<string, string>();
  if (!isObject(value)) return cells;
  const put = (name: string, cell: unknown) => {
    if (typeof cell === 'string' || typeof cell === 'number') cells.set(name, String(cell));
  };
  for (const name of [...INTEGERS, ...TEXTS]) {
    const [outer = '', inner] = name.split('.');
    const at = value[outer];
    put(name, inner === undefined ? at : isObject(at) ? at[inner] : undefined);
  }
  if (Array.isArray(value.send)) {
    const channels = value.send.map((one: unknown) => (isObject(one) ? one.channel : ''));
    put('send', channels.join(' '));
  }
  if (isObject(value.metadata))
    for (const [key, cell] of Object.entries(value.metadata)) put(`metadata.${key}`, cell);
  return cells;
}
