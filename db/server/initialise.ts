/** Makes a cluster: initdb, and where asked for a database with its own owner, all before the server first starts. */
import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, spawnAs } from './account';
import type { Binaries } from './binaries';

export const SUPERUSER = 'postgres';

/** A database made with the cluster; its owner has the same name and is no superuser. */
export type OwnedDatabase = { name: string; password: string };

/** PostgreSQL's own environment: nothing of ours, and no PG* variable that would change its settings. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.env.SystemRoot && { SystemRoot: process.env.SystemRoot }),
});

function run(program: string, args: string[], account: Account, input = ''): { output: string; ok: boolean } {
  const answer = spawnSync(program, args, {
    cwd: process.platform === 'win32' ? undefined : '/',
    env: serverEnvironment(),
    input,
    encoding: 'utf8',
    ...spawnAs(account),
  });
  const output = `${answer.stdout ?? ''}${answer.stderr ?? ''}${answer.error?.message ?? ''}`;
  return { output, ok: answer.status === 0 };
}

const lastLine = (output: string): string => output.trim().split('\n').at(-1) ?? '';

/** Runs initdb in an empty directory; the superuser gets the password, every connection must give one. */
export function initialise(
  binaries: Binaries,
  directory: string,
  account: Account,
  options: { password: string; durable: boolean; database: OwnedDatabase | undefined },
): void {
  const passwordFile = `${directory}.password`;
  try {
    writeFileSync(passwordFile, options.password, { mode: 0o600 });
    if (account) chownSync(passwordFile, account.uid, account.gid);
    const args = ['-D', directory, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    args.push(
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
      ...(options.durable ? [] : ['--no-sync', '--no-data-checksums', '--set=scram_iterations=1']),
    );
    const made = run(binaries.initdb, args, account);
    if (!made.ok) throw new Error(`PostgreSQL could not make its data directory: ${lastLine(made.output)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  if (options.database) makeDatabase(binaries, directory, account, options.database);
}

/** One statement a line through single-user mode, which needs no port and no driver. */
function makeDatabase(
  binaries: Binaries,
  directory: string,
  account: Account,
  database: OwnedDatabase,
): void {
  const { name, password } = database;
  const statements = [
    `create role ${name} login createdb password '${password}'`,
    `grant pg_monitor to ${name}`,
    `create database ${name} owner ${name}`,
  ];
  const made = run(
    binaries.postgres,
    ['--single', '-D', directory, 'postgres'],
    account,
    `${statements.join('\n')}\n`,
  );
  if (!made.ok || /^.*(ERROR|FATAL):/m.test(made.output)) {
    throw new Error(`PostgreSQL could not make the database ${name}: ${lastLine(made.output)}`);
  }
}

/** Throws when the cluster was written by another major version. */
export function checkVersion(binaries: Binaries, cluster: string): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === binaries.major) return;
  throw new Error(
    `The data in ${cluster} was written by PostgreSQL ${found}, this is ${binaries.major}: move it by backup and restore.`,
  );
}
