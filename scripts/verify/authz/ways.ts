/** Every way in, read from the sources and from what was built of them: a way that nobody has thought of is found too. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEYPAD_ACTS } from '@/core/keypad';

/** `name` is its row in the matrix. `refuses`: a method that the path does not have, and that says so. */
export type Way = { name: string; file: string; refuses: boolean };
/** A server action: its id in this build, and a page that holds it. */
export type Action = { id: string; page: string; file: string };

const METHODS = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS';
const REFUSING = /export const \{([^}]*)\} = (?:otherMethods|compatibleMethods|others)\b/g;
const OWN = [
  new RegExp(`export (?:const|function|async function) (${METHODS})\\b`, 'g'),
  new RegExp(`\\b\\w+ as (${METHODS})\\b`, 'g'),
];

const all = (pattern: RegExp, text: string): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

/** The path that a browser asks for: groups of the source tree are not in it. */
const pathOf = (built: string): string =>
  built.replace(/\/\([^)]*\)/g, '').replace(/\/(page|route)$/, '') || '/';

function routesOf(root: string, built: string): Way[] {
  const source = `app${built}.ts`;
  const path = pathOf(built);
  // A file that Next itself answers with, as an icon.
  if (!existsSync(join(root, source))) return [{ name: `GET ${path}`, file: `app${path}`, refuses: false }];
  const text = readFileSync(join(root, source), 'utf8');
  const refused = all(REFUSING, text).flatMap((names) => names.match(/[A-Z]+/g) ?? []);
  const own = OWN.flatMap((pattern) => all(pattern, text));
  if (own.length === 0) throw new Error(`${source} exports no method that is understood here: see ways.ts`);
  const way = (method: string, refuses: boolean): Way => ({
    name: `${method} ${path}`,
    file: source,
    refuses,
  });
  return [...own.map((method) => way(method, false)), ...refused.map((method) => way(method, true))];
}

/** Next's own pages, which hold nothing. */
const OF_NEXT = ['/_not-found/page', '/_global-error/page'];

/** Routes and pages of the portal. What is in the sources and not in the build, or the other way round, is an error. */
function ofPortal(root: string): Way[] {
  const manifest = readFileSync(join(root, '.next/server/app-paths-manifest.json'), 'utf8');
  const built = Object.keys(JSON.parse(manifest)).filter((one) => !OF_NEXT.includes(one));
  const sources = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .map((file) => /^(?:(.*)\/)?(route\.ts|page\.tsx)$/.exec(file))
    .flatMap((found) => (found ? [`${found[1] ? `/${found[1]}` : ''}/${found[2]?.split('.')[0]}`] : []));
  const unbuilt = sources.filter((one) => !built.includes(one));
  if (unbuilt.length > 0)
    throw new Error(`not in the build, which is older than the sources: ${unbuilt.join(', ')}`);
  return built.flatMap((one) =>
    one.endsWith('/route')
      ? routesOf(root, one)
      : [{ name: `page ${pathOf(one)}`, file: `app${one}.tsx`, refuses: false }],
  );
}

type Manifest = {
  node: Record<string, { exportedName: string; filename: string; workers: Record<string, unknown> }>;
};

/** Server actions by their name in the matrix: what was built of them is what can be called. */
export function actionsOf(root: string): Map<string, Action> {
  const text = readFileSync(join(root, '.next/server/server-reference-manifest.json'), 'utf8');
  return new Map(
    Object.entries((JSON.parse(text) as Manifest).node).map(([id, { exportedName, filename, workers }]) => {
      const file = filename.replace(/^(?:.*?\/)?app\/|\([^)]*\)\/|\.tsx?$/g, '');
      const page = pathOf(`/${(Object.keys(workers)[0] ?? '').replace(/^app\//, '')}`).replace(
        /\[[^\]]*\]/g,
        'x',
      );
      return [`action ${file} ${exportedName}`, { id, page, file: filename }];
    }),
  );
}

function ofCard(root: string): Way[] {
  const file = 'card/routes.ts';
  const table = /const ROUTES = \{([^}]*)\}/.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? '';
  const routes = [...table.matchAll(/'([^']+)': \[([^\]]*)\]/g)].flatMap(([, path, methods = '']) =>
    (methods.match(/[A-Z]+/g) ?? []).map((method) => ({
      name: `card ${method} ${path}`,
      file,
      refuses: false,
    })),
  );
  if (routes.length === 0)
    throw new Error(`${file} has no table of routes that is understood here: see ways.ts`);
  const keypad = [...KEYPAD_ACTS, 'digits'].map((act) => ({
    name: `card POST /keypad/${act}`,
    file: 'card/keypad/routes.ts',
    refuses: false,
  }));
  return [...routes, ...keypad];
}

function ofWorker(root: string): Way[] {
  const file = 'worker/health.ts';
  const paths = all(/request\.url [!=]== '([^']+)'/g, readFileSync(join(root, file), 'utf8'));
  if (paths.length === 0) throw new Error(`${file} has no paths that are understood here: see ways.ts`);
  return paths.map((path) => ({ name: `worker GET ${path}`, file, refuses: false }));
}

/** All of them. The sandbox is no part of an installation that takes money. */
export const waysOf = (root: string): Way[] => [
  ...ofPortal(root),
  ...[...actionsOf(root)].map(([name, { file }]) => ({ name, file, refuses: false })),
  ...ofCard(root),
  ...ofWorker(root),
];
