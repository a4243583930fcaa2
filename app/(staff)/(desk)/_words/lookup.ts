import type { Tone } from '@/app/_components/badge';
import { moneyText } from '@/app/_components/format';
import type { CREDENTIAL_KINDS, LookupOutcome, LookupTarget } from '@/core/crm';
import type { Proposals } from '@/lib/contracts/form-lookups';

type Went = { outcome: LookupOutcome; status: number | null; detail: string | null };

const OUTCOMES: Record<LookupOutcome, [label: string, tone: Tone, sentence: string]> = {
  found: ['Found', 'ok', 'Your system knows it.'],
  not_found: ['Not known', 'warn', 'Your system does not know this.'],
  nothing_usable: ['Nothing usable', 'warn', 'Your system answered, and nothing of it can go into the form.'],
  timeout: ['Too slow', 'bad', 'Your system did not answer within two seconds.'],
  unreachable: ['Not reached', 'bad', 'Your system could not be reached.'],
  refused: ['Address refused', 'bad', 'The address may not be asked'],
  http_error: ['Error', 'bad', 'Your system answered with an error'],
  no_token: ['No token', 'bad', 'The access token could not be had'],
  too_large: ['Too large', 'bad', 'The answer is larger than 32 kB.'],
  too_deep: ['Too deep', 'bad', 'The answer is nested deeper than five levels.'],
  not_json: ['Not JSON', 'bad', 'The answer is not one JSON object.'],
  busy: ['Busy', 'warn', 'Five lookups of this profile are under way. Try again in a moment.'],
};

export const lookupBadge = (outcome: LookupOutcome): [label: string, tone: Tone] => {
  const [label, tone] = OUTCOMES[outcome];
  return [label, tone];
};

/** How a lookup went, in a sentence. */
export function lookupSentence({ outcome, status, detail }: Went): string {
  const [, , sentence] = OUTCOMES[outcome];
  if (outcome === 'refused') return `${sentence}: it ${detail ?? 'is not public'}.`;
  if (outcome === 'no_token') return `${sentence}: ${detail?.replace(/^token: /, '') ?? 'no answer'}.`;
  if (outcome !== 'http_error') return sentence;
  const isRedirect = status !== null && status >= 300 && status < 400;
  return `${sentence}: ${status}.${isRedirect ? ' Redirects are not followed.' : ''}`;
}

const LABELS: Record<LookupTarget, string> = {
  'customer.name': 'Customer’s name',
  'customer.email': 'E-mail',
  'customer.phone': 'Mobile phone',
  'customer.locale': 'Language',
  'customer.timeZone': 'Time zone',
  currency: 'Currency',
  amountMinor: 'Amount, in minor units (1240)',
  amount: 'Amount, as people write it (12.40)',
  description: 'What it is for',
  reference: 'Reference',
  lineItems: 'Line items',
};

/** A field that a lookup can fill, in words. */
export const fieldLabel = (field: string): string => {
  if (field.startsWith('fields.')) return `Your field “${field.slice(7)}”`;
  if (field === 'amountMinor') return 'Amount';
  return LABELS[field as LookupTarget] ?? field;
};
export const targetLabel = (target: LookupTarget): string => LABELS[target];

/** What was proposed, in words, line by line. */
export function proposalLines({ customer, fields, ...rest }: Proposals): [field: string, text: string][] {
  const { amountMinor, currency, description, reference, lineItems } = rest;
  const items = lineItems && `${lineItems.length === 1 ? '1 line item' : `${lineItems.length} line items`}`;
  const money =
    amountMinor !== undefined && currency !== undefined ? moneyText({ amountMinor, currency }) : undefined;
  const all: [string, string | undefined][] = [
    ['customer.name', customer.name],
    ['amountMinor', money],
    ['currency', money === undefined ? currency : undefined],
    ['description', description],
    ['reference', reference],
    ['customer.phone', customer.phone],
    ['customer.email', customer.email],
    ['customer.locale', customer.locale],
    ['customer.timeZone', customer.timeZone],
    ['lineItems', items],
    ...Object.entries(fields).map(([name, value]): [string, string] => [`fields.${name}`, value]),
  ];
  return all.filter((one): one is [string, string] => one[1] !== undefined);
}

export const CREDENTIAL_WORDS: Record<(typeof CREDENTIAL_KINDS)[number], string> = {
  signature: 'Signature alone',
  oauth: 'Signature and OAuth client credentials',
  header: 'Signature and a header of your own',
};
