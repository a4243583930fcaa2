import 'server-only';
import type { KeyObject } from 'node:crypto';
import type * as z from 'zod';
import { type CardCall, SIGNATURE_HEADERS } from '@/core/card-ticket';
import type { Outcome } from '@/core/outcome';
import { privateKey, publicKey, signAnswer, verifyCall } from '@/lib/card-calls';
import type { Ctx } from '@/lib/context';
import { STATUS_OF } from '@/lib/contracts/problem';
import { portalEnv } from '@/lib/env';
import { errorText } from '@/lib/log';
import { codeForPayer } from '@/lib/pay-page';
import { cardCtx } from '@/lib/payment-attempts';
import { readText } from './body';
import { newRequestId, services } from './services';

const MOST_BYTES = 16_384;
let keys: { ticket: KeyObject; card: KeyObject } | undefined;

/** Our signing key for tickets and answers, and the card process's public key. */
export function cardKeys(): { ticket: KeyObject; card: KeyObject } {
  const env = portalEnv();
  keys ??= { ticket: privateKey(env.TICKET_SIGNING_KEY), card: publicKey(env.CARD_PUBLIC_KEY) };
  return keys;
}

function signed(nonce: string, status: number, value: unknown): Response {
  const body = JSON.stringify(value);
  return new Response(body, {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      [SIGNATURE_HEADERS.signature]: signAnswer(cardKeys().ticket, nonce, status, body),
    },
  });
}

/** A call of the card process: signature first, then the body, then one verb; the answer is signed, faults included. */
export async function cardCall<I extends { attempt: string }, O>(
  request: Request,
  call: CardCall,
  schema: z.ZodType<I>,
  verb: (ctx: Ctx, input: I) => Promise<Outcome<O>>,
): Promise<Response> {
  const header = (name: string) => request.headers.get(name) ?? '';
  const body = await readText(request, MOST_BYTES);
  const nonce = header(SIGNATURE_HEADERS.nonce);
  const proof = {
    timestamp: header(SIGNATURE_HEADERS.timestamp),
    nonce,
    signature: header(SIGNATURE_HEADERS.signature),
  };
  if (body === null || !verifyCall(cardKeys().card, call, { ...proof, body }))
    return Response.json(
      { code: 'unauthenticated', message: 'The call is not signed by the card process.' },
      { status: 401 },
    );
  const requestId = newRequestId();
  try {
    const input = schema.parse(JSON.parse(body));
    const ctx = await cardCtx(services(), requestId, input.attempt);
    if (!ctx) return signed(nonce, 404, { code: 'not_found', message: 'There is no such payment attempt.' });
    const outcome = await verb(ctx, input);
    if (outcome.ok) return signed(nonce, 200, outcome.value);
    const { code, message } = outcome.error;
    return signed(nonce, STATUS_OF[code], { code: codeForPayer(code), message });
  } catch (error) {
    services().log.error('card_call_failed', {
      requestId,
      route: `/internal/card/${call}`,
      error: errorText(error),
    });
    return signed(nonce, 503, { code: 'unavailable', message: 'Try again.' });
  }
}
