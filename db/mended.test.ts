import { Column, entityKind, is, SQL, sql, Table } from 'drizzle-orm';
import { alias, PgColumn, PgText } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { paymentLinks } from './schema';

/** As a second copy of the package would bring it: another class of the same name. */
class OtherCopy {
  static readonly [entityKind] = 'SQL';
  readonly text = '1';
}
class Beyond extends OtherCopy {}

test('the query builder that is loaded is the mended one', () => {
  expect(is.toString()).toContain('return kindsOf(known).has(kind)');
  expect(is.toString()).toContain('Object.hasOwn(type, entityKind)');
});

test('the query builder, mended to look once, knows a thing by its class, its parents and their names alone', () => {
  const { description } = paymentLinks;
  for (const type of [PgText, PgColumn, Column]) expect(is(description, type)).toBe(true);
  expect(is(alias(paymentLinks, 'other'), Table)).toBe(true);
  expect(is(alias(paymentLinks, 'other').description, Column)).toBe(true);
  expect(is(sql`1`, SQL)).toBe(true);
  for (const one of [new OtherCopy(), new Beyond()]) expect(is(one, SQL)).toBe(true);
  expect(is(description, SQL)).toBe(false);
  expect(is(sql`1`, Column)).toBe(false);
  for (const none of [null, undefined, '', 'SQL', 7, {}, []]) expect(is(none, SQL)).toBe(false);
  class Nameless extends SQL {}
  for (const type of [class {}, Nameless])
    for (const one of [{}, sql`1`, description])
      expect(() => is(one, type as never)).toThrow('look like a Drizzle entity');
  expect(is(new Nameless([]), Nameless)).toBe(true);
  expect(is(new Nameless([]), SQL)).toBe(true);
});
