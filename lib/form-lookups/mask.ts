import { keepAnswer } from '../webhooks/answer';

const MOST_TEXT = 2_000;
const MOST_ITEMS = 20;
const DOT = '•';

/** A text of which only the first character and about its length are left. */
const maskText = (text: string): string =>
  text.length < 2 ? DOT : text.slice(0, 1) + DOT.repeat(Math.min(text.length - 1, 8));

/** Short numbers are amounts and counts; long ones could be anything. */
const maskNumber = (value: number): number | string => (Math.abs(value) < 1e8 ? value : DOT.repeat(8));

/** The shape of an answer: names and structure as they came, what it says of people masked. Shallow, as answers are. */
function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number') return maskNumber(value);
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map(maskValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_ITEMS)
      .map(([name, inner]) => [name.slice(0, 64), maskValue(inner)]),
  );
}

/** An answer as the log keeps it: at most 2,000 characters. */
export const maskAnswer = (json: unknown): string =>
  keepAnswer(JSON.stringify(maskValue(json), null, 2)).slice(0, MOST_TEXT);
