import { holdsCardNumber } from '@/core/card-rules';
import type { SubmitGrant } from '@/core/card-ticket';
import { fromWire, toWire } from '@/core/gateway-currencies';
import { asDeclineCode, type CardFacts, GATEWAY_BUDGET_MS, type GatewayResult } from '@/core/payment-attempt';
import { trace, traceHeaders } from '@/core/trace';
import { type CardFields, wipe, withCard } from './card-bytes';
import { parse } from './json';
import { type Exchange, post } from './wire';

const MAX_ANSWER_BYTES = 64 * 1024;

/** A gateway's own id: kept and shown, so nothing else may pass for one. */
const isGatewayId = (id: unknown): id is string =>
  typeof id === 'string' && /^[\w.:-]{1,100}$/.test(id) && !holdsCardNumber(id);

const isWebAddress = (url: unknown): url is string =>
  typeof url === 'string' && url.length <= 2000 && /^https?:\/\//.test(url) && URL.canParse(url);

/** Whether a payment is for what the grant says, its amount read as this gateway writes it. */
function isAsked(grant: SubmitGrant, { reference, amountMinor, currency }: Record<string, unknown>): boolean {
  if (typeof amountMinor !== 'number' || currency !== grant.currency) return false;
  const money = fromWire(grant.gateway.kind, amountMinor, grant.currency);
  return reference === grant.attempt && money?.amountMinor === grant.amountMinor;
}

/** A 200 of the gateway in our words. An answer for something else than was asked is no answer. */
function paymentResult(grant: SubmitGrant, payment: Record<string, unknown>, card: CardFacts): GatewayResult {
  const { id, status, declineCode } = payment;
  if (!isGatewayId(id)) return { kind: 'unknown', reason: 'garbled' };
  if (!isAsked(grant, payment)) return { kind: 'unknown', reason: 'mismatch' };
  switch (status) {
    case 'authorized':
    case 'captured':
      return { kind: 'authorized', captured: status === 'captured', gatewayReference: id, card };
    case 'requires_action': {
      const { url } = (payment.action ?? {}) as { url?: unknown };
      if (!isWebAddress(url)) return { kind: 'unknown', reason: 'garbled' };
      return { kind: 'requires_action', gatewayReference: id, challengeUrl: url, card };
    }
    case 'declined':
      return { kind: 'declined', declineCode: asDeclineCode(declineCode), gatewayReference: id, card };
    case 'failed':
      return { kind: 'failed', reason: asDeclineCode(declineCode), gatewayReference: id };
    default:
      return { kind: 'unknown', reason: 'garbled' };
  }
}

/** What one exchange proves. Only a clear refusal is `failed`; whatever leaves room for a charge is `unknown`. */
export function resultOf(exchange: Exchange, grant: SubmitGrant, card: CardFacts): GatewayResult {
  if (exchange.kind === 'not_sent') return { kind: 'failed', reason: 'not_sent' };
  if (exchange.kind === 'lost') return { kind: 'unknown', reason: exchange.reason };
  const answer = parse(exchange.body);
  if (exchange.status === 200)
    return answer ? paymentResult(grant, answer, card) : { kind: 'unknown', reason: 'garbled' };
  if (exchange.status === 409 && answer?.code === 'fenced') return { kind: 'failed', reason: 'fenced' };
  // Only a refusal in the gateway's own words proves that nothing happened; a proxy's page proves nothing.
  const isNo = [400, 401, 403, 422].includes(exchange.status) && typeof answer?.code === 'string';
  const refused = isNo && answer.code !== 'idempotency_mismatch';
  return refused
    ? { kind: 'failed', reason: 'refused' }
    : { kind: 'unknown', reason: `status_${exchange.status}` };
}

type Limits = { sendBefore: number; returnUrl: string; signal: AbortSignal; budgetMs?: number };

/**
 * Sends the card to the gateway, once, and says what came of it. Takes the fields' buffers over: they are zero as soon as
 * the request is built, and the request is zero as soon as it has left. `sendBefore` is of the monotonic clock.
 */
export async function charge(
  { grant, fields, facts }: { grant: SubmitGrant; fields: CardFields; facts: CardFacts },
  { sendBefore, returnUrl, signal, budgetMs = GATEWAY_BUDGET_MS }: Limits,
): Promise<GatewayResult> {
  const { attempt, paymentLink, currency, channel, capture, gateway } = grant;
  const amountMinor = toWire(gateway.kind, grant);
  if (amountMinor === null) {
    wipe(fields.number, fields.csc, fields.name);
    return { kind: 'failed', reason: 'not_sent' };
  }
  const open = {
    reference: attempt,
    paymentLink,
    account: gateway.account,
    amountMinor,
    currency,
    capture,
    channel,
    challenge: { returnUrl },
  };
  const body = withCard(open, fields, facts);
  wipe(fields.number, fields.csc, fields.name);
  return trace({ name: 'POST', kind: 'client', route: '/payments' }, async (span) => {
    try {
      const exchange = await post({
        url: new URL(`${gateway.url}/payments`),
        headers: {
          authorization: `Bearer ${gateway.apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': attempt,
          ...traceHeaders(),
        },
        body,
        budgetMs,
        sendBefore,
        maxAnswerBytes: MAX_ANSWER_BYTES,
        signal,
        onFlushed: () => wipe(body),
      });
      if (exchange.kind === 'answered') span.note({ 'http.response.status_code': exchange.status });
      else span.fail(exchange.kind === 'lost' ? exchange.reason : exchange.kind);
      return resultOf(exchange, grant, facts);
    } finally {
      wipe(body);
    }
  });
}
