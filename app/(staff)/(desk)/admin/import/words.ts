import { countOf } from '@/app/_components/format';
import type { PaymentLinkBatch } from '@/lib/contracts/payment-link-batches';

export const rowsText = (number: number): string => (number === 1 ? '1 row' : `${countOf(number)} rows`);
export const linksText = (number: number): string => (number === 1 ? '1 link' : `${countOf(number)} links`);

/** What a column says of a link. */
export const COLUMNS: Record<string, string> = {
  amountMinor: 'Amount in the smallest unit: 1240 is 12.40 in pounds',
  currency: 'Currency, like GBP',
  reference: 'Your reference',
  description: 'What it is for',
  'customer.name': 'Customer’s name',
  'customer.email': 'Customer’s e-mail address',
  'customer.phone': 'Customer’s phone number with country code',
  'customer.locale': 'Customer’s language, like en',
  'customer.timeZone': 'Customer’s time zone',
  send: 'How it is sent: sms, email, or both with a blank between',
  expiresInSeconds: 'How long it works, in seconds',
  profile: 'Payment profile',
  locale: 'Language of the page',
  amountType: 'Kind of amount: fixed, partial or open',
  minAmountMinor: 'Least amount',
  maxAmountMinor: 'Most amount',
  returnUrl: 'Where the customer goes afterwards',
  callbackUrl: 'Where your system is told',
  'challenge.kind': 'Question before it shows',
  'challenge.postcode': 'Postcode that answers the question',
  'challenge.channel': 'How a passcode is sent',
  row: 'Not read: the row it had before',
  error: 'Not read: what was wrong',
};
export const columnText = (name: string): string =>
  COLUMNS[name] ?? `Your own field “${name.replace(/^metadata\./, '')}”`;

const PLAIN: readonly [RegExp, string][] = [
  [/^Too small: expected number to be >=(-?\d+)$/, 'must be at least $1'],
  [/^Too big: expected number to be <=(-?\d+)$/, 'must be at most $1'],
  [/^Too (?:big|small): expected string to have ([<>])=(\d+) characters$/, 'must have $1 $2 characters'],
  [/^Invalid input: expected (?:number|int), received string$/, 'must be a whole number'],
  [/^Invalid input: expected \w+, received undefined$/, 'is missing'],
  [/^Invalid option: expected one of (.+)$/, 'must be one of $1'],
];
const SIGNS: Record<string, string> = { '<': 'at most', '>': 'at least' };

/** What is wrong, in words for who keeps the spreadsheet. */
export function plainText(message: string): string {
  const [pattern, words] = PLAIN.find(([known]) => known.test(message)) ?? [];
  if (!pattern || words === undefined) return message;
  return message
    .replace(pattern, words)
    .replaceAll('"|"', ', ')
    .replaceAll('"', '')
    .replace(/ ([<>]) /, (_, sign) => ` ${SIGNS[sign]} `);
}

/** How an import stands. */
export function stateText({ status, refusedRows }: PaymentLinkBatch): string {
  if (status === 'checking') return 'Rows are being checked';
  if (status === 'issuing') return 'Links are being made';
  if (status === 'refused') return 'Nothing was made';
  return refusedRows > 0 ? 'Done, with errors' : 'Done';
}
