import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PCI_REQUIREMENTS, pciTable } from '@/core/pci';
import packageJson from '@/package.json';

test('docs/pci.md shows the mapping that the evidence page shows', () => {
  const doc = readFileSync('docs/pci.md', 'utf8');
  expect(/<!-- mapping -->\n([\s\S]*?)\n<!-- \/mapping -->/.exec(doc)?.[1]?.trim()).toBe(pciTable());
});

test('every command that is said to prove a requirement is there', () => {
  const commands = new Set(Object.keys(packageJson.scripts));
  const named = PCI_REQUIREMENTS.flatMap(({ proof }) => proof?.replace(/^npm (run )?/, '') ?? []);
  expect(named.filter((name) => !commands.has(name))).toEqual([]);
});
