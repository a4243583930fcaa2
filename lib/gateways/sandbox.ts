import * as z from 'zod';
import { asDeclineCode, type GatewayResult } from '@/core/payment-attempt';
import type { Expected, FenceResult, Gateway, ReadResult } from './port';

const BUDGET_MS = 10_000;

const payment = z.object({
  id: z.string(),
  reference: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  status: z.enum(['authorized', 'captured', 'requires_action', 'declined', 'failed', 'voided', 'expired']),
  brand: z.string(),
  last4: z.string(),
  expMonth: z.int(),
  expYear: z.int(),
  declineCode: z.string().nullish(),
  action: z.object({ url: z.string() }).nullish(),
});
type Payment = z.infer<typeof payment>;
const list = z.object({ data: z.array(payment) });
const fenced = z.object({ fenced: z.literal(true), payment: payment.nullable() });

function resultOf(found: Payment): GatewayResult {
  const { id: gatewayReference, brand, last4, expMonth, expYear } = found;
  const card = { brand, last4, expMonth, expYear };
  switch (found.status) {
    case 'captured':
      return { kind: 'authorized', captured: true, gatewayReference, card };
    case 'authorized':
      return { kind: 'authorized', captured: false, gatewayReference, card };
    case 'requires_action':
      return { kind: 'requires_action', gatewayReference, challengeUrl: found.action?.url ?? '', card };
    case 'declined':
      return { kind: 'declined', declineCode: asDeclineCode(found.declineCode), gatewayReference, card };
    case 'failed':
      return { kind: 'failed', reason: asDeclineCode(found.declineCode), gatewayReference };
    case 'voided':
    case 'expired':
      return { kind: 'failed', reason: found.status, gatewayReference };
  }
}

function match(found: Payment, expected: Expected): ReadResult {
  const same =
    found.reference === expected.reference &&
    found.amountMinor === expected.amountMinor &&
    found.currency === expected.currency;
  if (!same) return { kind: 'mismatch', reason: 'the gateway holds another amount, currency or reference' };
  return { kind: 'found', result: resultOf(found) };
}

/** The sandbox gateway over HTTP, as any provider: `url` is its base address, `apiKey` its bearer. */
export function sandboxGateway(url: string, apiKey: string): Gateway {
  async function call<T>(schema: z.ZodType<T>, path: string, init: RequestInit = {}): Promise<T> {
    const response = await fetch(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(BUDGET_MS),
    });
    if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
    return schema.parse(await response.json());
  }
  const unreachable = (error: unknown) => ({
    kind: 'unreachable' as const,
    reason: String(error).slice(0, 200),
  });

  return {
    async read(expected): Promise<ReadResult> {
      try {
        const { data } = await call(list, `/payments?reference=${encodeURIComponent(expected.reference)}`);
        return data[0] ? match(data[0], expected) : { kind: 'not_found' };
      } catch (error) {
        return unreachable(error);
      }
    },
    async voidByReference(expected): Promise<FenceResult> {
      try {
        const body = JSON.stringify({ reference: expected.reference });
        const answer = await call(fenced, '/void-by-reference', { method: 'POST', body });
        if (!answer.payment) return { kind: 'fenced' };
        const found = match(answer.payment, expected);
        return found.kind === 'not_found' ? { kind: 'fenced' } : found;
      } catch (error) {
        return unreachable(error);
      }
    },
  };
}
