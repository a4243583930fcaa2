import { getTableName } from 'drizzle-orm';
import {
  countSealed,
  countSealedLetters,
  listSealed,
  replaceSealed,
  type SealedRow,
} from '@/db/queries/sealed';
import type { Services } from '../../context';
import { seal, unseal } from '../../crypto';
import { hasKeptKeys, keepKeys } from '../../kept-keys';
import type { KeyRing } from '../../key-ring';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns';

const AT_ONCE = 200;
type Job = { db: Services['db']; config: Pick<Services['config'], 'dataKey'> };

/** As people are told of it. */
export const nameOf = ({ table, column }: SealedColumn): string => `${getTableName(table)}.${column.name}`;

/** The rows of a column, in parts. */
async function* partsOf({ db }: Job, column: SealedColumn, notUnder: number | null) {
  for (let after: SealedRow['key'] | undefined; ; ) {
    const rows = await listSealed(db, column, { notUnder, after, limit: AT_ONCE });
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.key;
    if (rows.length < AT_ONCE) return;
  }
}

/** The value under the first key; null where no key of the ring opens it. */
function renewed(ring: KeyRing, { contextOf }: SealedColumn, { key, value }: SealedRow): string | null {
  const context = contextOf(key);
  try {
    return seal(ring, unseal(ring, value, context), context);
  } catch {
    return null;
  }
}

/** Nothing was changed: what is kept for good would be made from another key than the one of the beginning. */
export class KeysMissing extends Error {}

/** How many values were written anew. `unreadable`: where there are values that no key of the ring opens, and how many. */
export type Reencrypted = { rows: number; unreadable: string[] };

/**
 * Puts all that is under an older key of DATA_ENCRYPTION_KEY under the first, while the product runs: a row a statement, which
 * changes nothing that became another meanwhile. What was broken off is begun again, and goes on where it was. At the end
 * every value is opened once more, with the first key alone.
 */
export async function reencrypt(services: Job, onPart = async () => {}): Promise<Reencrypted> {
  const { db, config } = services;
  const ring = config.dataKey;
  const missing = await missingKeys(services);
  if (missing.length > 0 && !(await hasKeptKeys(db)))
    throw new KeysMissing(
      `Values are under key ${missing.join(', ')} of DATA_ENCRYPTION_KEY, which is not here: put it behind what stands there first.`,
    );
  await keepKeys(db, config);
  let rows = 0;
  for (const column of SEALED_COLUMNS)
    for await (const part of partsOf(services, column, ring.first)) {
      for (const row of part) {
        const fresh = renewed(ring, column, row);
        if (fresh !== null && (await replaceSealed(db, column, row, fresh))) rows += 1;
      }
      await onPart();
    }
  return { rows, unreadable: await findUnreadable(services) };
}

async function findUnreadable(services: Job): Promise<string[]> {
  const { first, byId } = services.config.dataKey;
  const alone: KeyRing = { first, byId: new Map([...byId].filter(([id]) => id === first)) };
  const found: string[] = [];
  for (const column of SEALED_COLUMNS) {
    let count = 0;
    for await (const part of partsOf(services, column, null))
      count += part.filter((row) => renewed(alone, column, row) === null).length;
    if (count > 0) found.push(`${nameOf(column)}: ${count}`);
  }
  return found;
}

/** What is under a key of DATA_ENCRYPTION_KEY: by its number, where and how much. */
export type DataKeyUse = { id: number; where: string; count: number };

export async function dataKeyUse({ db }: Pick<Services, 'db'>): Promise<DataKeyUse[]> {
  const uses: DataKeyUse[] = [];
  for (const column of SEALED_COLUMNS)
    for (const one of await countSealed(db, column)) uses.push({ ...one, where: nameOf(column) });
  for (const one of await countSealedLetters(db)) uses.push({ ...one, where: 'letters to staff' });
  return uses;
}

/** Keys of DATA_ENCRYPTION_KEY that are needed and not here. */
export async function missingKeys(services: Job): Promise<number[]> {
  const used = new Set((await dataKeyUse(services)).map(({ id }) => id));
  return [...used].filter((id) => !services.config.dataKey.byId.has(id)).sort((a, b) => a - b);
}
