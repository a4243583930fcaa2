import { existsSync } from 'node:fs';
import { run } from './run.mjs';

/** Whether this user may install packages of Debian. */
export const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

let lists;

/** Installs packages of Debian; true when apt says that they are there. */
export async function installPackages(...packages) {
  lists ??= run('apt-get', ['update', '-q']);
  if ((await lists).code !== 0) return false;
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (await run('apt-get', args, { env })).code === 0;
}
