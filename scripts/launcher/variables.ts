import { readFileSync } from 'node:fs';
import { Halt } from './halt';

/** A variable of the environment, or the content of the file that NAME_FILE names; empty counts as absent. */
export function readVariable(name: string): string | undefined {
  const value = process.env[name];
  if (value) return value;
  const file = process.env[`${name}_FILE`];
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    throw new Halt(`${name}_FILE names ${file}, which cannot be read.`);
  }
}
