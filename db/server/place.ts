/** Where the cluster of a data directory lives: `DATA_DIR/pg`, or out of it where the database user cannot get there. */
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Account, canUse } from './account';
import { clearLeftover, runningPostmaster, stopPostmaster } from './postmaster';
import { sharedDirectory, sharedDirectoryPath } from './shared-directory';

/** The link or directory in DATA_DIR; a link when the cluster had to move. */
const clusterLink = (dataDir: string): string => join(dataDir, 'pg');

/** The cluster's real directory, or null before the first start. */
export function findCluster(dataDir: string): string | null {
  const link = clusterLink(dataDir);
  return existsSync(link) ? realpathSync(link) : null;
}

/**
 * The directory in which a new cluster is to be made, with one sentence when that is not DATA_DIR itself.
 * A cluster under /var/tmp whose data directory was deleted is of no use without its secrets: it is set aside.
 */
export async function chooseParent(
  dataDir: string,
  account: Account,
): Promise<{ parent: string; notice: string | null }> {
  if (!account || canUse(account, 'x', dataDir)) return { parent: dataDir, notice: null };
  const parent = sharedDirectory(dataDir);
  const orphan = join(parent, 'pg');
  if (existsSync(orphan)) {
    await clearLeftover(orphan);
    rmSync(`${orphan}.old`, { recursive: true, force: true });
    renameSync(orphan, `${orphan}.old`);
  }
  return {
    parent,
    notice: `The database lives in ${orphan}, because the user "${account.name}" cannot reach ${dataDir}.`,
  };
}

/** An empty directory beside the cluster's place, owned by the account; initdb fills it. */
export function makeFresh(parent: string, account: Account): string {
  const fresh = join(parent, 'pg.new');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  if (account) chownSync(fresh, account.uid, account.gid);
  return fresh;
}

/** Puts a finished cluster in its place in one step, so that a half-made one is never taken for a cluster. */
export function adopt(fresh: string, parent: string, dataDir: string): string {
  const cluster = join(parent, 'pg');
  renameSync(fresh, cluster);
  if (parent !== dataDir) {
    rmSync(clusterLink(dataDir), { force: true });
    symlinkSync(cluster, clusterLink(dataDir));
  }
  return cluster;
}

/** The process id of a live server on this data directory's cluster, or null. */
export function runningServer(dataDir: string): number | null {
  const cluster = findCluster(dataDir);
  return cluster ? runningPostmaster(cluster) : null;
}

/** Removes the cluster of a data directory for good, wherever it lives; a left-over server is stopped first. */
export async function removeCluster(dataDir: string): Promise<void> {
  const pid = runningServer(dataDir);
  if (pid) await stopPostmaster(pid);
  const link = clusterLink(dataDir);
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) {
    rmSync(sharedDirectoryPath(realpathSync(dataDir)), { recursive: true, force: true });
  }
  rmSync(link, { recursive: true, force: true });
  rmSync(join(dataDir, 'pg.new'), { recursive: true, force: true });
}
