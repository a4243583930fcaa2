/**
 * What pay page and card frame say to each other by postMessage. Exact origins on both sides, the page's nonce in every
 * message, never card data: a status is read from the server, a message is only a hint to look.
 *
 * Read by code of our own: a library for it would be two thirds of the scripts around a payer's card (ADR 0094).
 */
import { FORM_FIELDS, FORM_TICKS, type FormProgress } from './form-progress';

type Check<T> = (value: unknown) => value is T;
/** A message's own fields beside `v`, `nonce` and `type`. */
type Shape = Readonly<Record<string, Check<unknown>>>;
type Shapes = Readonly<Record<string, Shape>>;
type FieldsOf<S extends Shape> = { -readonly [F in keyof S]: S[F] extends Check<infer T> ? T : never };
type MessageOf<S extends Shapes> = {
  [T in keyof S & string]: { v: 1; nonce: string; type: T } & FieldsOf<S[T]>;
}[keyof S & string];

type Fields = Record<string, unknown>;
/** An object that has these keys and no others. */
function hasExactly(value: unknown, keys: readonly string[]): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const own = Object.keys(value);
  return own.length === keys.length && keys.every((key) => own.includes(key));
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isPixels = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 4000;
const isProgress = (value: unknown): value is FormProgress =>
  hasExactly(value, FORM_FIELDS) &&
  FORM_FIELDS.every((field) => (FORM_TICKS as readonly unknown[]).includes(value[field]));

/** Reads one of these messages; null is what anything else comes to. */
const reader =
  <const S extends Shapes>(shapes: S) =>
  (value: unknown): MessageOf<S> | null => {
    const { v, nonce, type } = Object(value) as Fields;
    if (v !== 1 || !isText(nonce) || nonce.length < 16 || nonce.length > 64) return null;
    const shape = isText(type) && Object.keys(shapes).includes(type) ? shapes[type] : undefined;
    if (!shape || !hasExactly(value, ['v', 'nonce', 'type', ...Object.keys(shape)])) return null;
    return Object.entries(shape).every(([field, check]) => check(value[field]))
      ? (value as MessageOf<S>)
      : null;
  };

/** Frame to page. */
export const fromFrame = reader({
  ready: {},
  height: { pixels: isPixels },
  /** A person touched the form: the page may record that the link was opened by a human. */
  touched: {},
  /** How far each field is, never what stands in it. */
  progress: { fields: isProgress },
  ticket_wanted: {},
  challenge_shown: {},
  challenge_done: {},
  /** The attempt has moved; ask the server how. */
  moved: {},
});
export type FromFrame = NonNullable<ReturnType<typeof fromFrame>>;

/** Page to frame. */
export const toFrame = reader({
  /** `payLabel` is the whole text of the button, amount included ("Pay £12.40"). */
  init: { payLabel: isText, enabled: isFlag },
  ticket: { ticket: isText },
  /** No ticket, or a decline: `text` is a sentence for the payer; `final` closes the form. */
  refused: { text: isText, final: isFlag },
  /** The page itself said no, before anybody was asked: nothing that was typed is lost. */
  not_yet: { text: isText },
  /** The server has not decided yet: keep the form shut. */
  wait: { text: isText },
});
export type ToFrame = NonNullable<ReturnType<typeof toFrame>>;
