import * as z from 'zod';
import { LOOKUP_TARGETS, type LookupTarget } from '@/core/crm';
import { parseAmount } from '@/core/money';
import type { LineItem, LookupNote, Proposals } from '../contracts/form-lookups';
import { createPaymentLinkInput } from '../contracts/payment-links';
import { parseInput } from '../parse';

export type Mapped = { proposals: Proposals; proposed: string[]; notes: LookupNote[] };
type Wanted = { field: string; path: string; value: unknown };

const link = createPaymentLinkInput.shape;
const customer = link.customer.unwrap().shape;
/** Each field is checked as one that was typed into the form. */
const SCHEMAS: Record<Exclude<LookupTarget, 'amount'>, z.ZodType> = {
  'customer.name': customer.name,
  'customer.email': customer.email,
  'customer.phone': customer.phone,
  'customer.locale': customer.locale,
  'customer.timeZone': customer.timeZone,
  currency: link.currency,
  amountMinor: link.amountMinor,
  description: link.description,
  reference: link.reference,
  lineItems: link.lineItems,
};
const MOST_FIELDS = 20;
const fieldName = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);
const fieldValue = z.string().min(1).max(500);

/** The value at a path of names and list positions: only what the answer itself holds. */
function valueAt(answer: unknown, path: string): unknown {
  let here = answer;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}

/** What is wanted of an answer, with where it stands there. Without a mapping the answer speaks our words. */
function wantedOf(answer: object, mapping: Record<string, string> | null): Wanted[] {
  const own = LOOKUP_TARGETS.filter((target) => target !== 'amount').map(
    (target) => [target, target] as const,
  );
  const paths = mapping ? Object.entries(mapping) : own;
  const named = paths.map(([field, path]) => ({ field, path, value: valueAt(answer, path) }));
  const fields = mapping ? undefined : valueAt(answer, 'fields');
  const more =
    typeof fields === 'object' && fields !== null && !Array.isArray(fields)
      ? Object.entries(fields).map(([name, value]) => ({
          field: `fields.${name.slice(0, 64)}`,
          path: `fields.${name.slice(0, 64)}`,
          value,
        }))
      : [];
  return [...named, ...more].filter(({ value }) => value !== undefined && value !== null && value !== '');
}

/**
 * What an answer proposes for the form: every value checked on its own, as if it had been typed. What cannot be used is left
 * out and noted, without repeating it.
 */
export function mapAnswer(answer: object, mapping: Record<string, string> | null): Mapped {
  const proposals: Proposals = { customer: {}, fields: {} };
  const proposed: string[] = [];
  const notes: LookupNote[] = [];
  const wanted = wantedOf(answer, mapping);
  const currency = usable('currency', wanted.find(({ field }) => field === 'currency')?.value);
  for (const { field, path, value } of wanted) {
    const read = field.startsWith('fields.')
      ? readField(field.slice(7), value, Object.keys(proposals.fields).length)
      : readTarget(field as LookupTarget, value, currency.ok ? String(currency.value) : null);
    if (read.ok) {
      put(proposals, field, read.value);
      proposed.push(field === 'amount' ? 'amountMinor' : field);
    } else notes.push({ field, path, message: read.message });
  }
  return { proposals, proposed, notes };
}

type Read = { ok: true; value: unknown } | { ok: false; message: string };
const no = (message: string): Read => ({ ok: false, message });

function readTarget(field: LookupTarget, value: unknown, currency: string | null): Read {
  if (field !== 'amount' && field !== 'amountMinor') return usable(field, value);
  if (currency === null) return no('needs a currency beside it');
  if (field === 'amountMinor') return usable(field, value);
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return no('must be an amount like 12.40');
  const amountMinor = parseAmount(text, currency);
  return amountMinor === null ? no(`is no exact amount of ${currency}`) : usable('amountMinor', amountMinor);
}

/** Numbers where a text is wanted are taken as they are written; of a language like en-GB the first part. */
function usable(field: Exclude<LookupTarget, 'amount'>, value: unknown): Read {
  const isText = field !== 'amountMinor' && field !== 'lineItems';
  const text = isText && typeof value === 'number' ? String(value) : value;
  const given = field === 'customer.locale' && typeof text === 'string' ? languageOf(text) : text;
  const schema = z.strictObject({ value: SCHEMAS[field] });
  const parsed = parseInput(schema, { value: given }, field === 'customer.phone' ? ['value'] : []);
  if (!parsed.ok) return no(parsed.error.errors?.[0]?.message ?? 'cannot be used');
  return { ok: true, value: (parsed.value as { value: unknown }).value };
}

const languageOf = (text: string): string => text.toLowerCase().split(/[-_]/)[0] ?? '';

/** One more field goes into the link's metadata, and so to the write-back. */
function readField(name: string, value: unknown, already: number): Read {
  if (already >= MOST_FIELDS) return no(`is one more than ${MOST_FIELDS}`);
  if (!fieldName.safeParse(name).success || name === '__proto__')
    return no('must have a name of letters, digits, _ and -');
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  const parsed = parseInput(z.strictObject({ value: fieldValue }), { value: text });
  return parsed.ok
    ? { ok: true, value: parsed.value.value }
    : no(parsed.error.errors?.[0]?.message ?? 'no text');
}

function put(proposals: Proposals, field: string, value: unknown): void {
  const [first = '', second] = field.split('.');
  if (first === 'fields' && second) proposals.fields[second] = String(value);
  else if (first === 'customer' && second)
    proposals.customer[second as keyof Proposals['customer']] = String(value);
  else if (field === 'amount' || field === 'amountMinor') proposals.amountMinor = Number(value);
  else if (field === 'lineItems') proposals.lineItems = value as LineItem[];
  else proposals[field as 'currency' | 'description' | 'reference'] = String(value);
}
