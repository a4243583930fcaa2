import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { CATALOGUES, LOCALE_CODES, type Locale, type MessageKey } from '@/core/messages';
import { translator } from '@/lib/i18n';
import { sourceFiles } from './files';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

const KEYS = Object.keys(CATALOGUES.en) as MessageKey[];
const OTHERS = LOCALE_CODES.filter((locale) => locale !== 'en');

const asts = new Map<string, Element[]>();
/** A message as it was read, once. */
function astOf(locale: Locale, key: MessageKey): Element[] {
  const name = `${locale} ${key}`;
  const known = asts.get(name);
  if (known) return known;
  const ast = new IntlMessageFormat(CATALOGUES[locale][key], locale, undefined, {
    ignoreTag: true,
  }).getAst();
  asts.set(name, ast);
  return ast;
}

/** Every place to fill in, within the forms of a plural too, with the forms that it has. */
function placesOf(elements: Element[]): { name: string; forms: string[] }[] {
  return elements.flatMap((element) => {
    if (!('options' in element)) return element.type === 1 ? [{ name: element.value, forms: [] }] : [];
    const inner = Object.values(element.options).flatMap(({ value }) => placesOf(value));
    return [{ name: element.value, forms: Object.keys(element.options) }, ...inner];
  });
}
const namesOf = (locale: Locale, key: MessageKey): string[] => [
  ...new Set(
    placesOf(astOf(locale, key)).map(({ name, forms }) => name + (forms.length > 0 ? ', plural' : '')),
  ),
];

test.each(OTHERS)('every message is there, with the places to fill in that English has: %s', (locale) => {
  expect(Object.keys(CATALOGUES[locale]).sort()).toEqual([...KEYS].sort());
  const placesIn = (one: Locale) => KEYS.map((key) => [key, namesOf(one, key).sort()]);
  expect(placesIn(locale)).toEqual(placesIn('en'));
});

test.each(LOCALE_CODES)('every plural has each form that the language needs, and no other: %s', (locale) => {
  const rules = new Intl.PluralRules(locale);
  const needed = [...new Set([...Array(201).keys()].map((count) => rules.select(count))).add('other')].sort();
  for (const key of KEYS)
    for (const { forms } of placesOf(astOf(locale, key)).filter(({ forms }) => forms.length > 0)) {
      expect([key, forms.filter((form) => !form.startsWith('=')).sort()]).toEqual([key, needed]);
    }
});

test.each(LOCALE_CODES)('every message can be written, and says what it was given: %s', (locale) => {
  const write = translator(locale);
  const wrong = KEYS.flatMap((key) => {
    const names = placesOf(astOf('en', key)).map(({ name }) => name);
    const given = names.filter((name) => name !== 'count').map((name) => [name, `<${name}>`] as const);
    const texts = [0, 1, 2, 3, 5, 11, 21, 100].map((count) =>
      write(key, {
        ...Object.fromEntries(given),
        ...(names.includes('count') && { count }),
      }),
    );
    const isWhole = (text: string) =>
      !/[{}#]|^\s*$/.test(text) && given.every(([, value]) => text.includes(value));
    return texts.filter((text) => !isWhole(text)).map((text) => [key, text]);
  });
  expect(wrong).toEqual([]);
});

test.each(OTHERS)('no message is left in English: %s', (locale) => {
  const same = KEYS.filter((key) => CATALOGUES[locale][key] === CATALOGUES.en[key]);
  expect(same.filter((key) => /\p{L}/u.test(CATALOGUES.en[key].replace(/\{\w+\}/g, '')))).toEqual([]);
});

test('every message is used: by its key, or by a template that makes it', () => {
  const sources = ['app', 'card', 'lib']
    .flatMap(sourceFiles)
    .filter((file) => !/\.(test|spec)\.tsx?$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const kinds = new Set(KEYS.map((key) => key.split('.')[0]));
  const templates = [...sources.matchAll(/`((\w+)\.[\w.]*\$\{[^`]*)`/g)]
    .filter(([, , kind]) => kinds.has(kind))
    .map(([, text = '']) => new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '\\w+')}$`));
  expect(templates.length).toBeGreaterThan(5);
  const unused = KEYS.filter(
    (key) => !sources.includes(`'${key}'`) && !templates.some((template) => template.test(key)),
  );
  expect(unused).toEqual([]);
});
