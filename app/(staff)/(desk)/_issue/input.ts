import { exponentOf, isCurrency, parseAmount } from '@/core/money';
import type { FieldError } from '@/core/outcome';

/** The fields of the form, by name, each with the path that the verb knows it under. */
const PATHS = {
  amount: 'amountMinor',
  currency: 'currency',
  description: 'description',
  reference: 'reference',
  name: 'customer.name',
  email: 'customer.email',
  phone: 'customer.phone',
  locale: 'locale',
  timeZone: 'customer.timeZone',
  profile: 'profile',
} as const;
export type IssueField = keyof typeof PATHS;
export type IssueValues = Partial<Record<IssueField | 'formId' | 'sendEmail' | 'sendSms', string>>;
export type IssueErrors = Partial<Record<IssueField, string>>;

const NAMES = [...(Object.keys(PATHS) as IssueField[]), 'formId', 'sendEmail', 'sendSms'] as const;

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

/** The verb's input. Empty fields are left out. */
export function inputOf(values: IssueValues, amountMinor: number): Record<string, unknown> {
  const given = (name: IssueField, key: string) => (values[name] ? { [key]: values[name] } : {});
  return {
    amountMinor,
    currency: values.currency,
    ...given('description', 'description'),
    ...given('reference', 'reference'),
    ...given('profile', 'profile'),
    ...given('locale', 'locale'),
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

const LABELS: Partial<Record<IssueField, string>> = {
  email: 'Enter an e-mail address like name@example.com.',
  phone: 'Enter a phone number with its country code, like +44 7700 900123.',
  currency: 'Choose a currency.',
};

/** The verb's refusal, field by field, in the words of the form. */
export function errorsOf(fields: FieldError[] | undefined, values: IssueValues): IssueErrors {
  const errors: IssueErrors = {};
  for (const { path, message } of fields ?? []) {
    const name = (Object.keys(PATHS) as IssueField[]).find((known) => PATHS[known] === path);
    if (!name) continue;
    const missing = (name === 'email' || name === 'phone') && !values[name];
    if (message === 'holds a card number')
      errors[name] = 'This holds a card number. Card numbers must never be typed here: remove it.';
    else if (missing) errors[name] = `Needed to send the link by ${name === 'email' ? 'e-mail' : 'SMS'}.`;
    else errors[name] = LABELS[name] ?? `This ${message}.`;
  }
  return errors;
}
