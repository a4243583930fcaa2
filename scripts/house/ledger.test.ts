import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sourceFiles } from './files';

const MIGRATIONS = 'db/migrations';
const files = [
  ...['db', 'lib', 'app', 'worker', 'scripts']
    .flatMap(sourceFiles)
    .filter((file) => !file.endsWith('.test.ts')),
  ...readdirSync(MIGRATIONS)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => `${MIGRATIONS}/${file}`),
];

/** The writes of a text that change or remove what stands in the ledger, under whatever name the table goes there. */
function breaches(text: string): string[] {
  const aliases = [...text.matchAll(/(\w+)\s*=\s*ledgerEntries\b/g)].map((match) => match[1]);
  const names = ['ledgerEntries', ...aliases].join('|');
  const drizzle = new RegExp(`\\.(?:update|delete)\\(\\s*(?:schema\\.)?(?:${names})\\b`, 'g');
  const plain =
    /\b(?:update|delete\s+from|truncate(?:\s+table)?)\s+(?:only\s+)?(?:public\.)?"?ledger_entries\b/gi;
  return [...text.matchAll(drizzle), ...text.matchAll(plain)].map((match) => match[0]);
}

test('the ledger is append-only: nothing updates, deletes or truncates its entries', () => {
  const found = files.flatMap((file) =>
    breaches(readFileSync(file, 'utf8')).map((write) => `${file}: ${write}`),
  );
  expect(found).toEqual([]);
});

test('the guard sees a breach: by drizzle, by another name, in plain SQL', () => {
  expect(breaches('await tx.update(ledgerEntries).set({ late: true })')).toHaveLength(1);
  expect(breaches('const l = ledgerEntries;\nawait tx.delete(l).where(x)')).toHaveLength(1);
  expect(breaches('DELETE FROM "ledger_entries" WHERE true')).toHaveLength(1);
  expect(breaches('update public.ledger_entries set late = true')).toHaveLength(1);
  expect(breaches('truncate table ledger_entries')).toHaveLength(1);
  expect(breaches('await tx.insert(ledgerEntries).values(x); tx.update(paymentLinks)')).toHaveLength(0);
});
