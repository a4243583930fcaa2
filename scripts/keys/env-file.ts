/** The file in which an installation's variables stand. */
import { chmodSync, copyFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { isMissing } from '../launcher/files';
import { Halt } from '../launcher/halt';

const lineOf = (name: string): RegExp =>
  new RegExp(`^(?:export[ \\t]+)?${name}[ \\t]*=[ \\t]*(["']?)(.*?)\\1[ \\t]*$`, 'gm');
const markOf = (name: string): RegExp => new RegExp(`^# ${name} changed (\\S+)\\n`, 'm');

/** What stands in the file for a variable, with when it was changed before it. */
export const linesOf = (name: string, value: string, at: Date): string =>
  `# ${name} changed ${at.toISOString().slice(0, 19)}Z\n${name}=${value}`;

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw new Halt(`${path} cannot be read.`);
  }
}

/** When a variable was last changed by a command, where the file says so. */
export const changedAt = (path: string, name: string): string | null =>
  markOf(name).exec(readText(path) ?? '')?.[1] ?? null;

type Change = { name: string; from: string; to: string };

/**
 * Writes a variable into the file, in one step; the file as it was stays beside it, under the name that is given back. Refuses
 * where the file has another value than is in use: then something else gives it.
 */
export function writeVariable(path: string, { name, from, to }: Change, at: Date): string | null {
  const before = readText(path);
  const bare = (before ?? '').replace(markOf(name), '');
  // Of several lines the last is the one that is read.
  const line = [...bare.matchAll(lineOf(name))].at(-1);
  const there = line?.[2];
  if (there && there !== from)
    throw new Halt(`${path} has another ${name} than is in use: look where it is set, and say that file.`);
  const lines = linesOf(name, to, at);
  const end = bare === '' || bare.endsWith('\n') ? '' : '\n';
  const text = line
    ? bare.slice(0, line.index) + lines + bare.slice(line.index + line[0].length)
    : `${bare}${end}${lines}\n`;
  const copy = before === null ? null : `${path}.before-${at.toISOString().replace(/\D/g, '').slice(0, 14)}`;
  if (copy !== null) {
    copyFileSync(path, copy);
    chmodSync(copy, 0o600);
  }
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, text, { mode: before === null ? 0o600 : statSync(path).mode & 0o770 });
  renameSync(fresh, path);
  return copy;
}
