/**
 * PostgreSQL refuses to run as root, so a root launcher hands it to another existing user. No user is ever created.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** Who runs PostgreSQL; null means the current user. */
export type Account = { uid: number; gid: number; name: string } | null;

function lookUp(name: string): Account {
  const id = (flag: string): number => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : Number.NaN;
  };
  const [uid, gid] = [id('-u'), id('-g')];
  return uid > 0 && gid >= 0 ? { uid, gid, name } : null;
}

/**
 * The account for a cluster directory: as root the directory's owner if there is one, else `postgres`, else `nobody`.
 * Throws when root finds neither.
 */
export function databaseAccount(clusterDirectory: string): Account {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(clusterDirectory, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `user ${owner.uid}` };
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (!account) {
    throw new Error(
      'PostgreSQL does not run as root and there is no user "postgres" or "nobody": start as another user.',
    );
  }
  return account;
}

/** Whether the account can use each path: `x` to enter or execute, `r` to read. Asked of the system, not guessed. */
export function canUse(account: Account, flag: 'x' | 'r', ...paths: string[]): boolean {
  if (process.platform === 'win32') return true;
  const script = 'for path in "$@"; do test -FLAG "$path" || exit 1; done'.replace('FLAG', flag);
  const answer = spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { cwd: '/', ...spawnAs(account) });
  return answer.status === 0;
}

/** The part of spawn's options that changes the user. */
export function spawnAs(account: Account): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {};
}
