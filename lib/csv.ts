import { FORMULA, QUOTED } from '@/core/csv-cell';

/** The text is not CSV by RFC 4180. */
export class NotCsv extends Error {}

type Place = 'start' | 'plain' | 'quoted' | 'quote';

/**
 * Reads CSV by RFC 4180 as it comes, in pieces cut anywhere: commas, CRLF or LF, quotes doubled inside quotes. Gives each
 * record as its cells; blank lines are none. Keeps no more than the record that is not complete, at most `mostCharacters`.
 */
export class CsvReader {
  private cells: string[] = [];
  private cell = '';
  private place: Place = 'start';
  private length = 0;
  private carriageReturn = false;

  constructor(private readonly mostCharacters: number) {}

  *push(text: string): Generator<string[]> {
    let at = 0;
    while (at < text.length) {
      if (this.place === 'quoted') at = this.readQuoted(text, at);
      else if (this.place === 'plain') at = this.readPlain(text, at);
      else {
        const char = text[at++] ?? '';
        if (this.carriageReturn && char !== '\n') throw new NotCsv('a line ends by CR alone');
        if (char === '\n') {
          const record = this.endRecord();
          if (record) yield record;
        } else this.readEdge(char);
      }
    }
  }

  *end(): Generator<string[]> {
    if (this.place === 'quoted') throw new NotCsv('a quote is not closed');
    const record = this.endRecord();
    if (record) yield record;
  }

  /** One character where a cell begins, or behind a quote inside quotes. */
  private readEdge(char: string): void {
    if (char === ',') this.endCell();
    else if (char === '\r') this.carriageReturn = true;
    else if (char === '"') {
      if (this.place === 'quote') this.keep('"');
      this.place = 'quoted';
    } else if (this.place === 'quote') throw new NotCsv('text follows a closing quote');
    else {
      this.place = 'plain';
      this.keep(char);
    }
  }

  private readPlain(text: string, from: number): number {
    let at = from;
    while (at < text.length && !',\r\n"'.includes(text[at] ?? '')) at++;
    this.keep(text.slice(from, at));
    if (at === text.length) return at;
    if (text[at] === '"') throw new NotCsv('a quote stands inside a cell without quotes');
    this.place = 'start';
    if (text[at] !== ',') return at;
    this.endCell();
    return at + 1;
  }

  private readQuoted(text: string, from: number): number {
    const at = text.indexOf('"', from);
    this.keep(text.slice(from, at < 0 ? text.length : at));
    if (at < 0) return text.length;
    this.place = 'quote';
    return at + 1;
  }

  private keep(text: string): void {
    this.length += text.length;
    if (this.length > this.mostCharacters) throw new NotCsv('a record is too long');
    this.cell += text;
  }

  private endCell(): void {
    this.length++;
    this.cells.push(this.cell);
    this.cell = '';
    this.place = 'start';
  }

  private endRecord(): string[] | null {
    const isBlank = this.cells.length === 0 && this.cell === '' && this.place === 'start';
    this.endCell();
    const record = this.cells;
    this.cells = [];
    this.length = 0;
    this.carriageReturn = false;
    return isBlank ? null : record;
  }
}

const [formula, quoted] = [new RegExp(FORMULA), new RegExp(QUOTED)];

/** One record of CSV by RFC 4180 with its CRLF. A cell that a spreadsheet would run as a formula gets a ' before it. */
export const csvRecord = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => (typeof cell === 'string' ? csvText(cell) : (cell ?? ''))).join(',')}\r\n`;

function csvText(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return harmless !== text || quoted.test(text) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A cell as it was before `csvRecord` made it harmless, wherever it has been since. */
export const csvCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
