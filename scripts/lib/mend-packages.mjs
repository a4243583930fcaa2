import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, Sentence } from './say.mjs';

/*
 * postgres.js 3.4.9 writes small messages a tick later, which throws when the connection is lost in between; and what was
 * asked of a lost connection, or left over in it, stays and takes the answers to what is asked next. See docs/adr/0052.
 */
const CONNECTION = [
  [
    '  function nextWrite(fn) {\n    const x = socket.write(chunk, fn)\n',
    `  function nextWrite(fn) {
    if (!socket) {
      forgetWrite()
      error(Errors.connection('CONNECTION_CLOSED', options))
      return false
    }
    const x = socket.write(chunk, fn)
`,
  ],
  [
    '  function connectTimedOut() {\n',
    `  function forgetWrite() {
    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
  }

  function connectTimedOut() {
`,
  ],
  ['\n    clearImmediate(nextWriteTimer)\n    if (socket) {\n', '\n    forgetWrite()\n    if (socket) {\n'],
  [
    '\n    clearImmediate(nextWriteTimer)\n    socket.removeListener(',
    '\n    forgetWrite()\n    socket.removeListener(',
  ],
  [
    `
    if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
`,
    `
    const again = initial && options.host.length > 1
    const lost = Errors.connection('CONNECTION_CLOSED', options, socket)
    again || errored(lost)
    while (sent.length)
      queryError(sent.shift(), lost)
    query = results = errorResponse = null
    result = new Result()
    rows = 0
    if (again)
      return reconnect()

`,
  ],
  [
    '    result = new Result()\n    connectTimer.cancel()\n',
    '    result = new Result()\n    rows = 0\n    connectTimer.cancel()\n',
  ],
  ['        return fetchArrayTypes()\n', '        return fetchArrayTypes().catch(noop)\n'],
  [
    '      sent.length === 0 && write(Sync)\n      errored(error)\n      return true\n',
    `      if (query !== q) {
        sent.remove(q)
        queryError(q, error)
        return true
      }
      write(Sync)
      errored(error)
      return true
`,
  ],
];

/*
 * A transaction goes on sending after its connection was lost, on whatever connection takes its place in the pool:
 * outside of any transaction. It must be refused.
 */
const TRANSACTION = [
  [
    '      , connection\n      , prepare = null\n',
    '      , connection\n      , lost = null\n      , prepare = null\n',
  ],
  [
    '        new Promise((_, reject) => connection.onclose = reject)\n',
    `        new Promise((_, reject) => connection.onclose = e => {
          lost = e
          while (queries.length)
            queries.shift().reject(e)
          reject(e)
        })
`,
  ],
  [
    '(uncaughtError = e))\n        c.queue === full',
    '(uncaughtError = e))\n        if (lost)\n          return q.reject(lost)\n        c.queue === full',
  ],
];

/*
 * graphile-worker 0.17.3 holds up what jobs have to tell when one could not be told, and gives the hold back each time that
 * something is told from then on: its count of what is under way falls below nothing, and a runner that lost the database
 * waits for it for ever and takes no more jobs.
 */
const HOLD = [
  [
    `        if (backpressure) {
            backpressure.resolve();
`,
    `        if (backpressure) {
            const held = backpressure;
            backpressure = null;
            held.resolve();
`,
  ],
];

/*
 * drizzle 0.45.4 asks of each piece of a statement what it is, some ten times, and climbs all of its classes for each no:
 * four tenths of what it takes to build one. What a class is never changes, so it is looked up once.
 */
const KINDS = [
  [
    'function is(value, type) {\n',
    `const kinds = new WeakMap();
function kindsOf(cls) {
  let known = kinds.get(cls);
  if (!known) {
    known = new Set();
    for (let one = cls; one; one = Object.getPrototypeOf(one))
      if (entityKind in one) known.add(one[entityKind]);
    kinds.set(cls, known);
  }
  return known;
}
function is(value, type) {
`,
  ],
  [
    '  if (value instanceof type) {\n    return true;\n  }\n',
    `  const known = Object.getPrototypeOf(value)?.constructor;
  const kind = Object.hasOwn(type, entityKind) && type[entityKind];
  if (known && kind) return kindsOf(known).has(kind);
  if (value instanceof type) {
    return true;
  }
`,
    // As it was mended before: a parent's name is not a class's own.
    `  const known = Object.getPrototypeOf(value)?.constructor, kind = type[entityKind];
  if (known && kind) return kindsOf(known).has(kind);
  if (value instanceof type) {
    return true;
  }
`,
  ],
];

const MENDED = [
  ...['node_modules/postgres/src', 'node_modules/postgres/cjs/src'].flatMap((folder) => [
    { file: `${folder}/connection.js`, version: 'postgres 3.4.9', changes: CONNECTION },
    { file: `${folder}/index.js`, version: 'postgres 3.4.9', changes: TRANSACTION },
  ]),
  { file: 'node_modules/graphile-worker/dist/main.js', version: 'graphile-worker 0.17.3', changes: HOLD },
  ...['entity.js', 'entity.cjs'].map((name) => ({
    file: `node_modules/drizzle-orm/${name}`,
    version: 'drizzle-orm 0.45.4',
    changes: KINDS,
    isForSpeed: true,
  })),
];

/** The text with every change made, whether some are there already, as now or as before, or none; throws when it is another text. */
function mend(text, { file, version, changes }) {
  return changes.reduce((found, [from, to, before]) => {
    if (found.includes(to)) return found;
    const now = before ? found.replace(before, () => from) : found;
    if (now.split(from).length !== 2) {
      throw new Sentence(
        `${file} is not that of ${version}: look whether it still needs scripts/lib/mend-packages.mjs.`,
      );
    }
    return now.replace(from, () => to);
  }, text);
}

/** Mends what is known to be wrong or slow in installed packages; what is mended already stays as it is. */
export function mendPackages() {
  for (const one of MENDED) {
    const path = join(ROOT, one.file);
    const text = readFileSync(path, 'utf8');
    const mended = mend(text, one);
    if (mended === text) continue;
    try {
      writeFileSync(`${path}.new`, mended);
      renameSync(`${path}.new`, path);
    } catch {
      const cannot = `Counterfoil cannot write to ${path}`;
      if (!one.isForSpeed)
        throw new Sentence(`${cannot}, which it must to mend it: run "npm ci" as its owner.`);
      console.warn(`${cannot}: it runs, but slower. Run "npm ci" as its owner.`);
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) mendPackages();
