import { and, eq, type SQL, sql } from 'drizzle-orm';
import { LINK_STATUSES } from '@/core/payment-link';
import type { Executor } from '../client';
import { paymentLinks as p, paymentAttempts, paymentLinkTexts as t } from '../schema';
import {
  asTable,
  escaped,
  type LinkFilter,
  LOOKED_AT,
  listPaymentLinks,
  passes,
  type Read,
  type Stretch,
  type Walk,
} from './link-list';
import { isOneOf } from './payment-links';
import { written } from './written';

/** What somebody looks for: words, and what a receipt says of a payment, each as far as the words can be it. */
export type Wanted = {
  text: string;
  id: string | null;
  receipt: string | null;
  last4: string | null;
  amounts: { currency: string; amountMinor: number }[];
};

/** Of links that say the same amount or the same last digits, the newest so many are found. */
const ALIKE = 500;
/** What so many of the last links say is frequent: a page of it is found sooner link by link than by an index. */
const [LAST, FREQUENT] = [LOOKED_AT, 5];

/** Two letters are everywhere: they are looked for where words begin. */
const patternOf = (text: string): string => `%${[...text].length < 3 ? ' ' : ''}${escaped(text)}%`;

/** Only three letters or digits in a row, or the begin of a word, can be looked up in the index of trigrams. */
const isIndexed = (text: string): boolean =>
  /[\p{L}\p{N}]{3}/u.test(text) || /^[\p{L}\p{N}]{1,2}$/u.test(text);

const idsOf = (rows: Iterable<{ id: string }>): string[] =>
  [...rows].map(({ id }) => p.id.mapFromDriverValue(id) as string);

/** The links that are meant by a number, newest first. */
async function exactly(tx: Executor, merchantId: number, wanted: Wanted): Promise<string[]> {
  const { paymentLinkId, last4, merchantId: payee } = paymentAttempts;
  const { amounts } = wanted;
  const parts = [
    wanted.id && sql`select ${sql.param(wanted.id, p.id)}::uuid as id`,
    wanted.receipt &&
      sql`select ${t.paymentLinkId} as id from ${t} where ${t.merchantId} = ${merchantId} and ${t.receipt} = ${wanted.receipt}`,
    wanted.last4 &&
      sql`(select ${paymentLinkId} as id from ${paymentAttempts} where ${payee} = ${merchantId} and ${last4} = ${wanted.last4}
        order by ${paymentLinkId} desc limit ${written(ALIKE)})`,
    amounts.length > 0 &&
      sql`select l.id from jsonb_to_recordset(${JSON.stringify(amounts)}::text::jsonb) as a("currency" text, "amountMinor" bigint),
        unnest(${`{${LINK_STATUSES.join()}}`}::text[]) as s(standing),
        lateral (select ${p.id} from ${p} where ${p.merchantId} = ${merchantId} and ${p.currency} = a."currency"
          and ${p.standing} = s.standing and ${p.amountMinor} = a."amountMinor" order by ${p.id} desc limit ${written(ALIKE)}) l`,
  ].filter((part): part is SQL => Boolean(part));
  if (parts.length === 0) return [];
  return idsOf(await tx.execute<{ id: string }>(sql.join(parts, sql` union all `)));
}

/** The links whose words say it; null where they are too many to be sorted. */
async function saying(tx: Executor, merchantId: number, pattern: string): Promise<string[] | null> {
  const says = sql`${t.text} like lower(${pattern})`;
  const own = eq(t.merchantId, merchantId);
  const last = sql`(select * from ${t} where ${own} order by ${t.paymentLinkId} desc limit ${written(LAST)}) as ${t}`;
  const frequent = await tx.execute(sql`select from ${last} where ${says} limit ${written(FREQUENT)}`);
  if (frequent.length >= FREQUENT) return null;
  const rows = await tx.execute<{ id: string }>(
    sql`select ${t.paymentLinkId} as id from ${t} where ${own} and ${says} limit ${written(LOOKED_AT)}`,
  );
  return rows.length >= LOOKED_AT ? null : idsOf(rows);
}

/** What somebody's words mean: these links, or whatever has the pattern in its words, and these. */
export type Meant = { ids: string[] } | { says: NonNullable<LinkFilter['says']> };

/** Looked up once, however far the list of them is then walked. */
export async function findMeant(tx: Executor, merchantId: number, wanted: Wanted): Promise<Meant> {
  const pattern = patternOf(wanted.text);
  const exact = await exactly(tx, merchantId, wanted);
  const isNumber = wanted.id !== null || wanted.receipt !== null || wanted.amounts.length > 0;
  const found = isIndexed(wanted.text) ? await saying(tx, merchantId, pattern) : isNumber ? [] : null;
  return found ? { ids: [...exact, ...found] } : { says: { pattern, or: exact } };
}

/** The newest links that are meant, of what the filter leaves. */
export async function listMeant<Row>(
  tx: Executor,
  merchantId: number,
  filter: LinkFilter,
  meant: Meant,
  walk: Walk,
  read: Read<Row>,
): Promise<Stretch<Row>> {
  if ('says' in meant) return listPaymentLinks(tx, merchantId, { ...filter, says: meant.says }, walk, read);
  const { from, back, limit } = walk;
  const beyond = from && sql`${p.id} ${sql.raw(back ? '>' : '<')} ${sql.param(from.id, p.id)}`;
  const rows = await read(tx, {
    from: asTable(sql`select * from ${p}`, p),
    where: and(eq(p.merchantId, merchantId), isOneOf(p.id, meant.ids), beyond, passes(filter)),
    order: sql`${p.id} ${sql.raw(back ? 'asc' : 'desc')}`,
    ...{ limit, value: sql`null::float8` },
  });
  return { rows, reached: null };
}

/** Which of these links are of those that are meant and that the filter leaves. */
export async function findFitting(
  tx: Executor,
  merchantId: number,
  ids: readonly string[],
  { filter, meant }: { filter: LinkFilter; meant: Meant | null },
): Promise<string[]> {
  const says = meant && 'says' in meant ? { says: meant.says } : {};
  const wanted = meant && 'ids' in meant ? ids.filter((id) => meant.ids.includes(id)) : ids;
  const rows = await tx
    .select({ id: p.id })
    .from(p)
    .where(and(eq(p.merchantId, merchantId), isOneOf(p.id, wanted), passes({ ...filter, ...says })));
  return rows.map(({ id }) => id);
}
