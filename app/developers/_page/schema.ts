import { type Html, html } from '../../_server/html';
import { OBJECTS } from './contents';
import type { Schema } from './openapi';
import { inline } from './text';

const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);
const isNull = ({ type }: Schema): boolean => type === 'null';
const literal = (value: unknown): Html => html`<code>${String(value)}</code>`;

function listed(parts: readonly Html[], word: string): Html {
  return html`${parts.map((part, i) => html`${i > 0 && (i === parts.length - 1 ? ` ${word} ` : ', ')}${part}`)}`;
}

/** What a value may be, in words; a named object as a link to its fields. */
export function typeOf(schema: Schema): Html {
  const { $ref, type, format, items, anyOf, oneOf, allOf } = schema;
  if ($ref) return html`<a href="${OBJECTS.path}#${nameOf($ref)}">${nameOf($ref)}</a>`;
  const choices = anyOf ?? oneOf;
  if (choices) return listed([...choices].map(typeOf), 'or');
  if (allOf?.[0]) return typeOf(allOf[0]);
  if (Array.isArray(type))
    return listed(
      type.map((one) => typeOf({ ...schema, type: one })),
      'or',
    );
  if (type === 'array') return items ? html`array of ${typeOf(items)}` : html`array`;
  if (format) return html`${type} (${format})`;
  return html`${type ?? (schema.enum || schema.const !== undefined ? 'string' : 'any value')}`;
}

const bound = (least: number | undefined, most: number | undefined, unit: string): string => {
  if (least === undefined && most === undefined) return '';
  const said = (value: number) => value.toLocaleString('en-GB');
  if (least === undefined) return `at most ${said(most ?? 0)}${unit}`;
  if (most === undefined) return `at least ${said(least)}${unit}`;
  return `${said(least)} to ${said(most)}${unit}`;
};

/** What else a value must be: bounds, choices, what is taken where it is absent. */
function rulesOf(schema: Schema): Html[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, default: absent } = schema;
  const bounds = [
    bound(minimum, maximum, ''),
    bound(minLength, maxLength, ' characters'),
    bound(minItems, maxItems, ' entries'),
  ];
  const choices = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  const isPlain = absent !== undefined && typeof absent !== 'object';
  return [
    ...bounds.filter(Boolean).map((text) => html`${text}`),
    ...(choices.length > 0 ? [listed(choices.map(literal), 'or')] : []),
    ...(isPlain ? [html`default ${literal(absent)}`] : []),
  ];
}

type Field = { name: string; schema: Schema; required: boolean };

/** An object that a field holds unnamed, and how its fields are written; null where it holds none. */
function innerOf(schema: Schema): { schema: Schema; suffix: string } | null {
  if (schema.properties) return { schema, suffix: '' };
  if (schema.items?.properties) return { schema: schema.items, suffix: '[]' };
  const told = (schema.anyOf ?? []).filter((one) => !isNull(one));
  return told.length === 1 && told[0] ? innerOf(told[0]) : null;
}

/** The fields of an object, those of unnamed objects within it under dotted names. */
function fieldsOf({ properties = {}, required = [] }: Schema, prefix = ''): Field[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = prefix + key;
    const inner = innerOf(schema);
    const own = { name, schema, required: required.includes(key) };
    return [own, ...(inner ? fieldsOf(inner.schema, `${name}${inner.suffix}.`) : [])];
  });
}

export function fieldRow({ name, schema, required }: Field, tellsMust: boolean): Html {
  const said = schema.description ? [inline(schema.description)] : [];
  const rules = rulesOf(schema);
  const rest = [...said, ...(rules.length > 0 ? [html`${listed(rules, 'and')}.`] : [])];
  return html`<div><dt><code>${name}</code> <span class="type">${typeOf(schema)}</span>${
    tellsMust && required && html` <span class="must">required</span>`
  }</dt>${rest.map((one) => html`<dd>${one}</dd>`)}</div>`;
}

/** The fields of an object, one below the other. `tellsMust`: of what is sent, which are required. */
export const fieldList = (schema: Schema, tellsMust: boolean): Html =>
  html`<dl class="fields">${fieldsOf(schema).map((field) => fieldRow(field, tellsMust))}</dl>`;
