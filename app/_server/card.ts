import 'server-only';
import type * as z from 'zod';
import { type CardCall, SIGNATURE_HEADERS } from '@/core/card-ticket';
import type { Outcome } from '@/core/outcome';
import { signAnswer, verifyCall } from '@/lib/card-calls';
import type { Ctx, Services } from '@/lib/context';
import { STATUS_OF } from '@/lib/contracts/problem';
import { errorText } from '@/lib/log';
import { codeForPayer } from '@/lib/pay-page';
import { cardCtx } from '@/lib/payment-attempts';
import { readText } from './body';
import { cardKeys } from './keys';
import { newRequestId, services } from './services';

const MOST_BYTES = 16_384;
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

/** `ctxOf` finds the merchant of what the call is about: the card process knows ids alone. */
type Called<I, O> = {
  call: CardCall;
  schema: z.ZodType<I>;
  ctxOf: (services: Services, requestId: string, input: I) => Promise<Ctx | null>;
  verb: (ctx: Ctx, input: I) => Promise<Outcome<O>>;
};

/** The context of a call about an attempt. */
export const byAttempt = (
  of: Services,
  requestId: string,
  { attempt }: { attempt: string },
): Promise<Ctx | null> => cardCtx(of, requestId, attempt);

/** A call of the card process: signature first, then the body, then one verb; the answer is signed, faults included. */
export async function cardCall<I, O>(
  request: Request,
  { call, schema, ctxOf, verb }: Called<I, O>,
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
    const ctx = await ctxOf(services(), requestId, input);
    if (!ctx) return signed(nonce, 404, { code: 'not_found', message: 'There is nothing of that name.' });
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
