import { readFileSync } from 'node:fs';
import path from 'node:path';

const read = new Map<string, string>();

/** A sample that is kept, and tried, as a file. Read once. */
export function sample(name: string): string {
  const text = read.get(name) ?? readFileSync(path.join(process.cwd(), 'docs', 'samples', name), 'utf8');
  read.set(name, text);
  return text.trim();
}
