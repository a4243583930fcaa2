import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import * as z from 'zod';
import {
  answerSigningInput,
  type CardCall,
  type CardTicket,
  callSigningInput,
  type ResultCall,
  type SubmitCall,
  ticketSigningInput,
} from '@/core/card-ticket';
import { DECLINE_CODES } from '@/core/payment-attempt';
import { traceparent } from '@/core/trace';

const ders = (text: string): Buffer[] => text.split(',').map((one) => Buffer.from(one.trim(), 'base64url'));

/** The Ed25519 private key that signs, from base64url PKCS8: the first, where one replaces another. */
export const privateKey = (text: string): KeyObject =>
  createPrivateKey({ key: ders(text)[0] ?? Buffer.alloc(0), format: 'der', type: 'pkcs8' });

/** Ed25519 public keys from base64url SPKI, with commas. */
export const publicKeys = (text: string): KeyObject[] =>
  ders(text).map((key) => createPublicKey({ key, format: 'der', type: 'spki' }));

const signText = (key: KeyObject, text: string): string =>
  sign(null, Buffer.from(text), key).toString('base64url');

/** A ticket as the browser carries it: payload and signature. It carries the trace of whoever asks for it, too. */
export function signTicket(key: KeyObject, ticket: CardTicket): string {
  const trace = traceparent();
  const payload = Buffer.from(JSON.stringify({ ...ticket, ...(trace && { trace }) })).toString('base64url');
  return `${payload}.${signText(key, ticketSigningInput(payload))}`;
}

export const signAnswer = (key: KeyObject, nonce: string, status: number, body: string): string =>
  signText(key, answerSigningInput(nonce, status, body));

export type SignedCall = { timestamp: string; nonce: string; signature: string; body: string };

/**
 * True when one of the card process's keys signed exactly this call. When it was made decides nothing: clocks of hosts differ, and a
 * call that comes twice finds its attempt moved on.
 */
export function verifyCall(keys: readonly KeyObject[], call: CardCall, signed: SignedCall): boolean {
  const { timestamp, nonce, signature, body } = signed;
  if (!/^\d{1,12}$/.test(timestamp) || !/^[A-Za-z0-9_-]{16,64}$/.test(nonce)) return false;
  const text = Buffer.from(callSigningInput(call, timestamp, nonce, body));
  return keys.some((key) => verify(null, text, key, Buffer.from(signature, 'base64url')));
}

const card = z.strictObject({
  brand: z.string().max(20),
  last4: z.string().regex(/^\d{4}$/),
  expMonth: z.int().min(1).max(12),
  expYear: z.int().min(2000).max(2199),
});
const about = { attempt: z.string().max(64), amountMinor: z.int(), currency: z.string().length(3) };
const reference = z.string().max(100);
const reason = z.string().max(100);

export const submitCall: z.ZodType<SubmitCall> = z.strictObject({ ...about, card });

export const resultCall: z.ZodType<ResultCall> = z.strictObject({
  ...about,
  result: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('authorized'),
      captured: z.boolean(),
      gatewayReference: reference,
      card,
    }),
    z.strictObject({
      kind: z.literal('requires_action'),
      gatewayReference: reference,
      challengeUrl: z.string().max(2000),
      card,
    }),
    z.strictObject({
      kind: z.literal('declined'),
      declineCode: z.enum(DECLINE_CODES),
      gatewayReference: reference.optional(),
      card: card.optional(),
    }),
    z.strictObject({ kind: z.literal('failed'), reason, gatewayReference: reference.optional() }),
    z.strictObject({ kind: z.literal('voided'), reason, gatewayReference: reference.optional() }),
    z.strictObject({ kind: z.literal('unknown'), reason }),
  ]),
}) as z.ZodType<ResultCall>;
