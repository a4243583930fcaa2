/** What is wrong with how the database answers what a list asks of it, read from the plans of its own statements. */
import { drizzle } from 'drizzle-orm/postgres-js';
import type { Connection, Executor } from '@/db/client';
import { COUNTED_LINKS, countLinks } from '@/db/queries/link-counts';
import { readForDesk } from '@/db/queries/link-desk';
import { readForExport } from '@/db/queries/link-export';
import { LOOKED_AT, listPaymentLinks, readRows } from '@/db/queries/link-list';
import { findMeant, listMeant } from '@/db/queries/link-search';
import { listProfiles } from '@/db/queries/merchants';
import { countNeeds } from '@/db/queries/needs';
import * as schema from '@/db/schema';
import { combinations, middleOf, SEARCHES } from './combinations';

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
};
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
const isLimited = (node: Node): boolean => nodesOf(node).some((one) => one['Node Type'] === 'Limit');
/** What a function gives of one row may be put together: that is no count. */
const isOfTable = (node: Node): boolean => nodesOf(node).some((one) => one['Relation Name'] !== undefined);
const LIMIT = 26;
/** It is read whole for the words that are looked up; of the links that it finds no more are read than may be. */
const TRIGRAMS = 'payment_link_texts_trigrams';

/** A plan for these very parameters, and the one that is kept for any: the database may take either. */
const MODES = ['force_custom_plan', 'force_generic_plan'] as const;
type Mode = (typeof MODES)[number];
const quoted = (value: unknown): string =>
  value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`;

type Sent = { query: string; params: unknown[] };
const planOf = ({ sql }: Connection, { query, params }: Sent, mode: Mode): Promise<Node> =>
  sql.begin(async (tx) => {
    await tx.unsafe(`set local plan_cache_mode = ${mode}`);
    await tx.unsafe(`prepare asked as ${query}`);
    const values = params.length > 0 ? `(${params.map(quoted).join()})` : '';
    const rows = await tx.unsafe(`explain (analyze, format json) execute asked${values}`);
    await tx.unsafe('deallocate asked');
    return rows[0]?.['QUERY PLAN'][0].Plan;
  });

/** A sequential scan, OFFSET, a count of all, or more links than one statement may look at, in what is asked of `tx`. */
export async function faultsOf(
  connection: Connection,
  what: unknown,
  ask: (tx: Executor) => Promise<unknown>,
  modes: readonly Mode[] = MODES,
  most = LOOKED_AT,
) {
  const sent: Sent[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => void sent.push({ query, params }) };
  await ask(drizzle(connection.sql, { schema, logger }));
  const faults: string[] = [];
  for (const one of sent) {
    const say = (fault: string) => faults.push(`${fault}: ${JSON.stringify(what)}`);
    if (/\boffset\b/i.test(one.query)) say('OFFSET');
    for (const mode of modes)
      for (const fault of nodesOf(await planOf(connection, one, mode)).flatMap((node) =>
        faultsAt(node, most),
      ))
        say(`${mode}: ${fault}`);
  }
  return faults;
}

function faultsAt(node: Node, most: number): string[] {
  const type = node['Node Type'];
  const read = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  return [
    type === 'Seq Scan' ? [type] : [],
    type === 'Aggregate' && isOfTable(node) && !isLimited(node) && read < 2 ? [`${type} of all`] : [],
    read > most && node['Index Name'] !== TRIGRAMS
      ? [`${type} on ${node['Index Name']} of ${read} rows`]
      : [],
  ].flat();
}

/** Of each filter and order: the first page, and both ways from a place in the middle. */
export async function faultsOfFilters(connection: Connection, own: number): Promise<string[]> {
  const profiles = (await listProfiles(connection.db, own)).map(({ id }) => id);
  const middle = await middleOf(connection, own);
  const faults: string[] = [];
  for (const { sort, filter } of combinations(profiles, false))
    for (const [from, back] of [
      [undefined, false],
      [middle[sort], false],
      [middle[sort], true],
    ] as const)
      faults.push(
        ...(await faultsOf(connection, { sort, filter, from, back }, (tx) =>
          listPaymentLinks(tx, own, filter, { sort, from, back, limit: LIMIT }, readForDesk),
        )),
      );
  return faults;
}

/** The same as the API reads a page, and as a file does: of each filter alone and each search, from a place in the middle on. */
export async function faultsOfOtherReads(connection: Connection, own: number): Promise<string[]> {
  const profiles = (await listProfiles(connection.db, own)).map(({ id }) => id);
  const middle = await middleOf(connection, own);
  const alone = combinations(profiles, false).filter(({ filter }) => Object.keys(filter).length < 2);
  const faults: string[] = [];
  for (const { sort, filter } of alone) {
    const walk = { sort, from: middle[sort], back: false };
    const api = (tx: Executor) => listPaymentLinks(tx, own, filter, { ...walk, limit: 101 }, readRows);
    const file = (tx: Executor) => listPaymentLinks(tx, own, filter, { ...walk, limit: 201 }, readForExport);
    for (const [reader, ask] of Object.entries({ api, file }))
      faults.push(...(await faultsOf(connection, { reader, sort, filter }, ask)));
  }
  for (const wanted of SEARCHES) {
    const walk = { sort: 'newest', from: middle.newest, back: false } as const;
    const meant = await findMeant(connection.db, own, wanted);
    const api = (tx: Executor) => listMeant(tx, own, {}, meant, { ...walk, limit: 101 }, readRows);
    const file = (tx: Executor) => listMeant(tx, own, {}, meant, { ...walk, limit: 201 }, readForExport);
    for (const [reader, ask] of Object.entries({ api, file }))
      faults.push(...(await faultsOf(connection, { reader, wanted }, ask, ['force_custom_plan'])));
  }
  return faults;
}

/** By the plan for these words: the one for any words is dearer, and not kept where there are links enough for it to matter. */
export async function faultsOfSearches(connection: Connection, own: number): Promise<string[]> {
  const middle = await middleOf(connection, own);
  const faults: string[] = [];
  for (const wanted of SEARCHES)
    for (const from of [undefined, middle.newest])
      for (const filter of [{}, { status: 'paid' } as const])
        faults.push(
          ...(await faultsOf(
            connection,
            { wanted, from, filter },
            async (tx) => {
              const walk = { sort: 'newest', from, back: false, limit: LIMIT } as const;
              return listMeant(tx, own, filter, await findMeant(tx, own, wanted), walk, readForDesk);
            },
            ['force_custom_plan'],
          )),
        );
  return faults;
}

/** Of the numbers beside a list and on the home page that end at so many. */
export const faultsOfCounts = (connection: Connection, own: number): Promise<string[]> => {
  const ask = async (tx: Executor): Promise<void> => {
    await countLinks(tx, own);
    await countNeeds(tx, own);
  };
  return faultsOf(connection, 'counts', ask, MODES, COUNTED_LINKS);
};
