/** The text is not a JSON array of rows. The message says nothing of what it holds. */
export class NotJsonRows extends Error {}

const MOST_DEPTH = 8;
const BLANK = /^[ \t\r\n]*$/;

/**
 * Takes one JSON array apart as it comes, in pieces cut anywhere: each element is parsed by itself. Keeps no more than the
 * element that is not complete, at most `mostCharacters`.
 */
export class JsonRows {
  private place: 'before' | 'inside' | 'after' = 'before';
  private depth = 0;
  private inText = false;
  private escaped = false;
  private held = '';
  private count = 0;

  constructor(private readonly mostCharacters: number) {}

  *push(text: string): Generator<unknown> {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      if (this.place !== 'inside') {
        this.readOutside(text[at] ?? '');
        from = at + 1;
        continue;
      }
      const end = this.readInside(text.charCodeAt(at));
      if (end === null) continue;
      this.hold(text.slice(from, at));
      from = at + 1;
      if (end === 'array') this.place = 'after';
      if (end === 'row' || this.count > 0 || !BLANK.test(this.held)) yield this.take();
    }
    if (this.place === 'inside') this.hold(text.slice(from));
  }

  end(): void {
    if (this.place !== 'after') throw new NotJsonRows('the array is not complete');
  }

  private readOutside(char: string): void {
    if (this.place === 'before' && char === '[') this.place = 'inside';
    else if (!BLANK.test(char)) throw new NotJsonRows('it is not one array');
  }

  /** Follows texts and brackets; tells where the row, or the array, ends. */
  private readInside(code: number): 'row' | 'array' | null {
    if (this.inText) {
      if (this.escaped) this.escaped = false;
      else if (code === 92) this.escaped = true;
      else if (code === 34) this.inText = false;
      return null;
    }
    if (code === 34) this.inText = true;
    else if (code === 123 || code === 91) {
      if (++this.depth > MOST_DEPTH) throw new NotJsonRows('a row is nested too deep');
    } else if (code === 125 || code === 93) return this.depth-- === 0 ? this.endArray(code) : null;
    else if (code === 44 && this.depth === 0) return 'row';
    return null;
  }

  private endArray(code: number): 'array' {
    this.depth = 0;
    if (code !== 93) throw new NotJsonRows('brackets do not match');
    return 'array';
  }

  private hold(text: string): void {
    if (this.held.length + text.length > this.mostCharacters) throw new NotJsonRows('a row is too long');
    this.held += text;
  }

  private take(): unknown {
    const text = this.held;
    this.held = '';
    this.count++;
    try {
      return JSON.parse(text);
    } catch {
      throw new NotJsonRows('it is not JSON');
    }
  }
}
