import { existsSync } from 'node:fs';
import { installPackages, isRootOnDebian } from './debian.mjs';

const USUAL = [
  '/usr/bin/soffice',
  '/usr/lib/libreoffice/program/soffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
];
const libreOffice = () => USUAL.find((path) => existsSync(path));

/** Where LibreOffice is, installed where that can be done without a question; '' where that failed, null where nobody may. */
export async function ensureLibreOffice() {
  const there = libreOffice();
  if (there) return there;
  if (!isRootOnDebian()) return null;
  console.log('Installing LibreOffice Calc…');
  await installPackages('libreoffice-calc-nogui');
  return libreOffice() ?? '';
}
