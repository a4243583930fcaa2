import { NO_CARD } from '@/app/_components/no-card';
import { exponentOf, isCurrency, parseAmount } from '@/core/money';
import type { FieldError } from '@/core/outcome';
import { AMOUNT_TYPES, type AmountType } from '@/core/payment-link';

/** The fields of the form, by name, each with the path that the verb knows it under. */
const PATHS = {
  amountType: 'amountType',
  amount: 'amountMinor',
  minAmount: 'minAmountMinor',
  maxAmount: 'maxAmountMinor',
  currency: 'currency',
  description: 'description',
  reference: 'reference',
  name: 'customer.name',
  email: 'customer.email',
  phone: 'customer.phone',
  locale: 'locale',
  timeZone: 'customer.timeZone',
  profile: 'profile',
  challenge: 'challenge',
} as const;
export type IssueField = keyof typeof PATHS;
/** `fields` is what a lookup gave for the metadata, as JSON; `lookupRound` the lookup that the form was filled from. */
export type IssueValues = Partial<Record<IssueField | (typeof EXTRA)[number], string>>;
export type IssueErrors = Partial<Record<IssueField, string>>;

const EXTRA = ['formId', 'sendEmail', 'sendSms', 'fields', 'lookupRound'] as const;
const NAMES = [...(Object.keys(PATHS) as IssueField[]), ...EXTRA] as const;

/** What was typed, as text; nothing else of a form is looked at. */
export function valuesOf(form: FormData): IssueValues {
  const values: IssueValues = {};
  for (const name of NAMES) {
    const value = form.get(name);
    if (typeof value === 'string') values[name] = value.trim();
  }
  return values;
}

const DECIMALS = ['no decimals', 'one decimal', 'two decimals', 'three decimals', 'four decimals'];
const SAMPLES = ['1240', '12.4', '12.40', '12.400', '12.4000'];

/** Why this is not an amount of the currency, or the amount in minor units. */
export function amountOf(text: string, currency: string): { amountMinor: number } | { error: string } {
  if (!isCurrency(currency)) return { error: 'Choose a currency first.' };
  if (text === '') return { error: 'Enter the amount.' };
  const amountMinor = parseAmount(text, currency);
  const exponent = exponentOf(currency);
  if (amountMinor === null)
    return { error: `${currency} has ${DECIMALS[exponent]}: enter an amount like ${SAMPLES[exponent]}.` };
  if (amountMinor === 0) return { error: 'The amount must be more than zero.' };
  return { amountMinor };
}

/** Which of the three amounts each type asks for; true where it must be given. */
const ASKED: Record<AmountType, Partial<Record<'amount' | 'minAmount' | 'maxAmount', boolean>>> = {
  fixed: { amount: true },
  partial: { amount: true, minAmount: false },
  open: { amount: false, minAmount: false, maxAmount: false },
};

export const typeOf = (values: IssueValues): AmountType =>
  AMOUNT_TYPES.find((known) => known === values.amountType) ?? 'fixed';

type Amounts = { amountMinor?: number; minAmountMinor?: number; maxAmountMinor?: number };

/** The amounts that the chosen type asks for, in minor units, or why a field is none. */
export function amountsOf(values: IssueValues): { amounts: Amounts } | { errors: IssueErrors } {
  const amounts: Amounts = {};
  const errors: IssueErrors = {};
  for (const [name, needed] of Object.entries(ASKED[typeOf(values)]) as [
    'amount' | 'minAmount' | 'maxAmount',
    boolean,
  ][]) {
    const text = values[name] ?? '';
    if (text === '' && !needed) continue;
    const amount = amountOf(text, values.currency ?? '');
    if ('error' in amount) errors[name] = amount.error;
    else amounts[PATHS[name]] = amount.amountMinor;
  }
  return Object.keys(errors).length > 0 ? { errors } : { amounts };
}

/** The verb's input. Empty fields are left out. */
export function inputOf(values: IssueValues, amounts: Amounts): Record<string, unknown> {
  const given = (name: IssueField, key: string) => (values[name] ? { [key]: values[name] } : {});
  return {
    ...amounts,
    amountType: typeOf(values),
    currency: values.currency,
    ...given('description', 'description'),
    ...given('reference', 'reference'),
    ...given('profile', 'profile'),
    ...given('locale', 'locale'),
    ...(values.challenge && { challenge: { kind: values.challenge } }),
    ...metadataOf(values.fields),
    customer: {
      ...given('name', 'name'),
      ...given('email', 'email'),
      ...given('phone', 'phone'),
      ...given('timeZone', 'timeZone'),
    },
    send: [
      ...(values.sendEmail ? [{ channel: 'email' }] : []),
      ...(values.sendSms ? [{ channel: 'sms' }] : []),
    ],
  };
}

/** What a lookup gave along, which goes into the metadata; the verb judges it. */
export function metadataOf(fields: string | undefined): { metadata?: unknown } {
  if (!fields) return {};
  try {
    return { metadata: JSON.parse(fields) };
  } catch {
    return {};
  }
}

const LABELS: Partial<Record<IssueField, string>> = {
  email: 'Enter an e-mail address like name@example.com.',
  phone: 'Enter a phone number with its country code, like +44 7700 900123.',
  currency: 'Choose a currency.',
  minAmount: 'This must not be more than the other amounts.',
  maxAmount: 'This must not be less than the other amounts.',
};

/** An address that the link is to be sent to and that is not there. */
function missing(name: IssueField, values: IssueValues): string | undefined {
  if (values[name]) return undefined;
  if (name === 'email' && values.sendEmail) return 'Needed to send the link by e-mail.';
  return name === 'phone' && values.sendSms ? 'Needed to send the link by SMS.' : undefined;
}

/** What is wrong with something that was typed. */
const known = (name: IssueField, values: IssueValues): string | undefined =>
  values[name] ? LABELS[name] : undefined;

/** The verb's refusal, field by field, in the words of the form. */
export function errorsOf(fields: FieldError[] | undefined, values: IssueValues): IssueErrors {
  const errors: IssueErrors = {};
  for (const { path, message } of fields ?? []) {
    const name = (Object.keys(PATHS) as IssueField[]).find((known) => PATHS[known] === path);
    if (!name) continue;
    if (message === 'holds a card number') errors[name] = NO_CARD;
    else errors[name] = missing(name, values) ?? known(name, values) ?? `This ${message}.`;
  }
  return errors;
}
