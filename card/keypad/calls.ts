/** Calls of the portal about a capture: signed by it, answered with the signature of this process. */
import { type KeyObject, sign } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SIGNATURE_HEADERS } from '@/core/card-ticket';
import {
  type DigitSource,
  type KeypadAct,
  keypadAnswerInput,
  keypadSigningInput,
  type OpenCapture,
} from '@/core/keypad';
import { SESSION_FIELDS, type SessionField } from '@/core/payment-session';
import type { Reply } from '../reply';
import { isSignedBy } from '../ticket';

/**
 * True when the portal signed exactly this call. When it was made decides nothing: clocks of hosts differ, and a call that
 * comes twice is not above the last.
 */
export function isFromPortal(
  keys: readonly KeyObject[],
  act: KeypadAct,
  headers: IncomingHttpHeaders,
  body: string,
): boolean {
  const [timestamp, nonce, signature] = (['timestamp', 'nonce', 'signature'] as const).map((name) =>
    String(headers[SIGNATURE_HEADERS[name]]),
  ) as [string, string, string];
  if (!/^\d{1,12}$/.test(timestamp) || !/^[\w-]{16,64}$/.test(nonce)) return false;
  return isSignedBy(keys, keypadSigningInput(act, timestamp, nonce, body), signature);
}

/** The answer with the signature that binds it to the call. */
export function signedReply(key: KeyObject, headers: IncomingHttpHeaders, reply: Reply): Reply {
  const nonce = String(headers[SIGNATURE_HEADERS.nonce]);
  const text = keypadAnswerInput(nonce, reply.status, String(reply.body ?? ''));
  const signature = sign(null, Buffer.from(text), key).toString('base64url');
  return { ...reply, headers: { ...reply.headers, [SIGNATURE_HEADERS.signature]: signature } };
}

type Fields = Record<string, unknown>;
const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
const isOrder = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function asSource(value: unknown): DigitSource | null {
  const { kind, secret } = (value ?? {}) as Fields;
  const isSecret = typeof secret === 'string' && secret.length > 0 && secret.length <= 200;
  return kind === 'sandbox' && isSecret ? { kind, secret } : null;
}

export function asOpening({ capture, session, order, source }: Fields): OpenCapture | null {
  const from = asSource(source);
  return isId(capture) && isId(session) && isOrder(order) && from
    ? { capture, session, order, source: from }
    : null;
}

/** What every later call of a capture says. */
export const asNext = ({ capture, order }: Fields): { capture: string; order: number } | null =>
  isId(capture) && isOrder(order) ? { capture, order } : null;

export const asField = (value: unknown): SessionField | null =>
  SESSION_FIELDS.find((field) => field === value) ?? null;
