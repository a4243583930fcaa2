import { isDeeper } from '@/core/crm';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { TEMPLATE_NAMES } from '../contracts/write-backs';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
/** What a template is filled with, by name; what is not there is null. */
export type Facts = Record<string, unknown>;

const MOST_DEPTH = 5;
const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g;
const WHOLE = /^\{\{\s*([^{}]*?)\s*\}\}$/;
const METADATA = /^link\.metadata\.[^{}\s]{1,40}$/;

const refused = (message: string) =>
  refuse('invalid', `template: ${message}`, { errors: [{ path: 'template', message }] });

const isKnown = (name: string): boolean =>
  TEMPLATE_NAMES.some((known) => known === name) || METADATA.test(name);

/** Every name between braces, in the values of a template. Names of its own fields are plain text. */
function namesIn(value: Json): string[] {
  if (typeof value === 'string') return [...value.matchAll(PLACE)].map((match) => match[1] ?? '');
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(namesIn);
}

/** A template as it was typed: one JSON object whose texts may name facts. Refuses what it could not fill. */
export function checkTemplate(text: string): Outcome<true> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused('must be one JSON object');
  if (isDeeper(value, MOST_DEPTH)) return refused(`must not be deeper than ${MOST_DEPTH} levels`);
  const unknown = namesIn(value as Json).find((name) => !isKnown(name));
  return unknown === undefined ? ok(true) : refused(`{{${unknown.slice(0, 60)}}} is not known`);
}

/**
 * A template with its facts in it. A text that is one name becomes the value itself, number or null or object; within a
 * longer text it is written out. The facts are values, never template: nothing of them is read for names again.
 */
export const fillTemplate = (text: string, facts: Facts): string =>
  JSON.stringify(fill(JSON.parse(text) as Json, facts));

function fill(value: Json, facts: Facts): unknown {
  if (typeof value === 'string') {
    const whole = WHOLE.exec(value)?.[1];
    if (whole !== undefined) return facts[whole] ?? null;
    return value.replace(PLACE, (_, name: string) => written(facts[name]));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => fill(inner, facts));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, facts)]));
}

function written(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
