import { type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import * as z from 'zod';
import { SIGNATURE_HEADERS } from '@/core/card-ticket';
import {
  type AskField,
  type CloseCapture,
  type KeypadAct,
  type KeypadReport,
  keypadAnswerInput,
  keypadSigningInput,
  type OpenCapture,
  type SubmitCapture,
} from '@/core/keypad';
import { FIELD_ERRORS, FIELD_STATES, SESSION_FIELDS } from '@/core/payment-session';

const BUDGET_MS = 4_000;

/** `lost`: no answer that can be trusted; it may have been done or not. */
export type LineAnswer =
  | { kind: 'done'; body: unknown }
  | { kind: 'refused'; status: number }
  | { kind: 'lost' };

/** What the portal asks of the card process about a card that is keyed. No digit is in any of it. */
export type KeypadLine = {
  open: (input: OpenCapture) => Promise<{ kind: 'opened'; callback: string } | { kind: 'lost' }>;
  field: (callback: string, input: AskField) => Promise<LineAnswer>;
  submit: (callback: string, input: SubmitCapture) => Promise<LineAnswer>;
  close: (callback: string, input: CloseCapture) => Promise<LineAnswer>;
};

type Keys = { portal: KeyObject; card: readonly KeyObject[] };

/** One signed call; `lost` unless the card process's own signature binds the answer to it. */
async function call(keys: Keys, url: string, act: KeypadAct, content: object): Promise<LineAnswer> {
  const body = JSON.stringify(content);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('base64url');
  const text = keypadSigningInput(act, timestamp, nonce, body);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [SIGNATURE_HEADERS.timestamp]: timestamp,
        [SIGNATURE_HEADERS.nonce]: nonce,
        [SIGNATURE_HEADERS.signature]: sign(null, Buffer.from(text), keys.portal).toString('base64url'),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(BUDGET_MS),
    });
    const answer = await response.text();
    const signed = Buffer.from(keypadAnswerInput(nonce, response.status, answer));
    const signature = Buffer.from(response.headers.get(SIGNATURE_HEADERS.signature) ?? '', 'base64url');
    if (!keys.card.some((key) => verify(null, signed, key, signature))) return { kind: 'lost' };
    if (response.ok) return { kind: 'done', body: JSON.parse(answer) };
    return response.status < 500 ? { kind: 'refused', status: response.status } : { kind: 'lost' };
  } catch {
    return { kind: 'lost' };
  }
}

const opened = z.object({ capture: z.string(), callback: z.url().max(500) });

/** The line to the card process at `cardUrl`; what concerns a capture goes to the very process that holds it. */
export function keypadLine(cardUrl: string, keys: Keys): KeypadLine {
  return {
    open: async (input) => {
      const answer = await call(keys, `${cardUrl}/keypad/open`, 'open', input);
      const told = answer.kind === 'done' ? opened.safeParse(answer.body) : null;
      return told?.success && told.data.capture === input.capture
        ? { kind: 'opened', callback: told.data.callback }
        : { kind: 'lost' };
    },
    field: (callback, input) => call(keys, `${callback}/field`, 'field', input),
    submit: (callback, input) => call(keys, `${callback}/submit`, 'submit', input),
    close: (callback, input) => call(keys, `${callback}/close`, 'close', input),
  };
}

const field = z.strictObject({
  state: z.enum(FIELD_STATES),
  digits: z.int().min(0).max(19),
  error: z.enum(FIELD_ERRORS).nullable(),
});

/** What the card process tells of a capture (core/keypad.ts). */
export const keypadReport: z.ZodType<KeypadReport> = z.strictObject({
  capture: z.string().max(64),
  session: z.string().max(64),
  count: z.int().min(1),
  active: z.enum(SESSION_FIELDS).nullable(),
  fields: z.strictObject({ card_number: field, expiry: field, security_code: field }),
  brand: z.string().max(20).nullable(),
  refused: z.strictObject({ attempt: z.string().max(64), code: z.string().max(50) }).nullable(),
  ended: z.enum(['timed_out', 'stopping', 'closed']).nullable(),
});
