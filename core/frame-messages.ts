/**
 * What pay page and card frame say to each other by postMessage. Exact origins on both sides, the page's nonce in every
 * message, never card data: a status is read from the server, a message is only a hint to look.
 */
import * as z from 'zod/mini';
import { FORM_TICKS } from './form-progress';

const tick = z.enum(FORM_TICKS);
const base = { v: z.literal(1), nonce: z.string().check(z.minLength(16), z.maxLength(64)) };

/** Frame to page. */
export const fromFrame = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('ready') }),
  z.strictObject({ ...base, type: z.literal('height'), pixels: z.int().check(z.gte(0), z.lte(4000)) }),
  /** A person touched the form: the page may record that the link was opened by a human. */
  z.strictObject({ ...base, type: z.literal('touched') }),
  /** How far each field is, never what stands in it. */
  z.strictObject({
    ...base,
    type: z.literal('progress'),
    fields: z.strictObject({ number: tick, expiry: tick, security_code: tick, name: tick }),
  }),
  z.strictObject({ ...base, type: z.literal('ticket_wanted') }),
  z.strictObject({ ...base, type: z.literal('challenge_shown') }),
  z.strictObject({ ...base, type: z.literal('challenge_done') }),
  /** The attempt has moved; ask the server how. */
  z.strictObject({ ...base, type: z.literal('moved') }),
]);
export type FromFrame = z.infer<typeof fromFrame>;

/** Page to frame. */
export const toFrame = z.discriminatedUnion('type', [
  /** `payLabel` is the whole text of the button, amount included ("Pay £12.40"). */
  z.strictObject({ ...base, type: z.literal('init'), payLabel: z.string(), enabled: z.boolean() }),
  z.strictObject({ ...base, type: z.literal('ticket'), ticket: z.string() }),
  /** No ticket, or a decline: `text` is a sentence for the payer; `final` closes the form. */
  z.strictObject({ ...base, type: z.literal('refused'), text: z.string(), final: z.boolean() }),
  /** The page itself said no, before anybody was asked: nothing that was typed is lost. */
  z.strictObject({ ...base, type: z.literal('not_yet'), text: z.string() }),
  /** The server has not decided yet: keep the form shut. */
  z.strictObject({ ...base, type: z.literal('wait'), text: z.string() }),
]);
export type ToFrame = z.infer<typeof toFrame>;
