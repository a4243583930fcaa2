/** A small file system of its own under the database, which can be filled without harm to the machine. */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { House } from './house';

const ROOM_MB = 48;
const CHUNK = Buffer.alloc(64 * 1024, 1);

const run = (program: string, ...args: string[]): { ok: boolean; output: string } => {
  const answer = spawnSync(program, args, { encoding: 'utf8' });
  return { ok: answer.status === 0, output: answer.stdout ?? '' };
};

export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Moves the database onto a tmpfs with little room to spare; null where this user may not mount one. */
  static async move(house: House): Promise<SmallDisk | null> {
    const { dataDir } = house.config;
    const folder = join(dataDir, 'small-disk');
    const link = join(dataDir, 'pg');
    const cluster = realpathSync(link);
    const usedMb = Number.parseInt(run('du', '-sm', cluster).output, 10);
    mkdirSync(folder, { recursive: true });
    const size = `size=${usedMb + ROOM_MB}m,mode=0711`;
    if (!usedMb || !run('mount', '-t', 'tmpfs', '-o', size, 'tmpfs', folder).ok) return null;
    await house.cluster.stop();
    const moved = run('cp', '-a', cluster, join(folder, 'pg')).ok;
    if (moved) {
      renameSync(link, join(dataDir, 'pg.before'));
      symlinkSync(join(folder, 'pg'), link);
    }
    await house.cluster.start();
    if (!moved) return null;
    house.onClose(() => run('umount', '-l', folder));
    return new SmallDisk(folder);
  }

  /** To the last byte. */
  fill(): void {
    const file = openSync(join(this.folder, 'filler'), 'w');
    for (let size = CHUNK.length; size >= 1; ) {
      try {
        if (writeSync(file, CHUNK, 0, size) < size) size = Math.floor(size / 2);
      } catch {
        size = Math.floor(size / 2);
      }
    }
    closeSync(file);
  }

  free(): void {
    rmSync(join(this.folder, 'filler'), { force: true });
  }
}
