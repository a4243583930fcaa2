import { existsSync, readFileSync } from 'node:fs';

const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/;

/** Reads `NAME=value` lines; quotes around a value are taken off, `#` starts a comment where no quote is open. */
export function parseEnv(text) {
  const values = {};
  for (const line of text.split(/\r?\n/)) {
    const match = LINE.exec(line);
    if (!match) continue;
    const [, name, raw] = match;
    const quoted = /^(["'])(.*?)\1(?:\s+#.*)?$/.exec(raw);
    values[name] = quoted ? quoted[2] : raw.replace(/(^|\s+)#.*$/, '');
  }
  return values;
}

/** Adds the file's variables to the environment; what is already set there wins. */
export function loadEnv(path) {
  if (!existsSync(path)) return;
  for (const [name, value] of Object.entries(parseEnv(readFileSync(path, 'utf8')))) {
    if (process.env[name] === undefined && value !== '') process.env[name] = value;
  }
}
