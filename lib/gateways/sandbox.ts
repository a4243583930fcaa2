import * as z from 'zod';
import { fromWire, toWire } from '@/core/gateway-currencies';
import type { Money } from '@/core/money';
import type { RefundResult } from '@/core/refund';
import { type Call, caller, gatewayId, Refused, reasonOf } from '../wire';
import type {
  Expected,
  FenceResult,
  Gateway,
  ReadResult,
  RefundOrder,
  RefundReadResult,
  ReportLine,
} from './port';
import { isOrdered, match, payment, refund, refundResultOf } from './sandbox-objects';

const list = z.object({ data: z.array(payment) });
const refundList = z.object({ data: z.array(refund) });
const report = z.object({
  data: z.array(
    z.object({
      id: gatewayId,
      kind: z.enum(['payment', 'refund', 'chargeback', 'reversal']),
      reference: gatewayId,
      amountMinor: z.int(),
      currency: z.string(),
      at: z.iso.datetime().transform((text) => new Date(text)),
    }),
  ),
  nextCursor: z.string().nullable(),
});
const fenced = z.object({ fenced: z.literal(true), payment: payment.nullable() });

/** What this gateway's wire cannot carry exactly is not sent. */
const written = (money: Money): { amountMinor: number; currency: string } | null => {
  const amountMinor = toWire('sandbox', money);
  return amountMinor === null ? null : { amountMinor, currency: money.currency };
};

const unreachable = (error: unknown) => ({ kind: 'unreachable' as const, reason: reasonOf(error) });

/** The codes with which this gateway refuses a refund for good. Any other answer leaves open what became of it. */
const REFUSALS: readonly string[] = ['wrong_state', 'amount_too_large'];

async function refundAt(call: Call, order: RefundOrder): Promise<RefundResult> {
  const { payment: id, reference } = order;
  const wire = written(order);
  if (!wire) return { kind: 'failed', reason: 'amount_not_writable' };
  try {
    const { amountMinor } = wire;
    const found = await call(refund, `/payments/${id}/refunds`, { amountMinor, reference });
    return isOrdered(found, order) ? refundResultOf(found) : { kind: 'unknown', reason: 'mismatch' };
  } catch (error) {
    const isNo =
      error instanceof Refused && [409, 422].includes(error.status) && REFUSALS.includes(error.code);
    return isNo ? { kind: 'failed', reason: error.code } : { kind: 'unknown', reason: reasonOf(error) };
  }
}

async function readRefundAt(call: Call, order: RefundOrder): Promise<RefundReadResult> {
  try {
    const { reference, gatewayReference } = order;
    const found = gatewayReference
      ? await call(refund, `/refunds/${gatewayReference}`)
      : (await call(refundList, `/refunds?reference=${encodeURIComponent(reference)}`)).data[0];
    if (!found) return { kind: 'not_found' };
    if (isOrdered(found, order)) return { kind: 'found', result: refundResultOf(found) };
    return { kind: 'mismatch', reason: 'the gateway holds another refund under this reference' };
  } catch (error) {
    const isUnknown = error instanceof Refused && error.status === 404 && error.code === 'not_found';
    return isUnknown ? { kind: 'not_found' } : unreachable(error);
  }
}

async function* reportAt(call: Call, from: Date, to: Date): AsyncGenerator<ReportLine> {
  const span = `from=${from.toISOString()}&to=${to.toISOString()}`;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: z.infer<typeof report> = await call(
      report,
      `/report?${span}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    for (const line of page.data) {
      const money = fromWire('sandbox', line.amountMinor, line.currency);
      if (!money) throw new Error('a line of the report has no amount that we understand');
      yield { ...line, ...money };
    }
    cursor = page.nextCursor;
  }
}

async function read(call: Call, expected: Expected): Promise<ReadResult> {
  try {
    const { data } = await call(list, `/payments?reference=${encodeURIComponent(expected.reference)}`);
    return data[0] ? match(data[0], expected) : { kind: 'not_found' };
  } catch (error) {
    return unreachable(error);
  }
}

async function fence(call: Call, expected: Expected): Promise<FenceResult> {
  try {
    const answer = await call(fenced, '/void-by-reference', { reference: expected.reference });
    return answer.payment ? match(answer.payment, expected) : { kind: 'fenced' };
  } catch (error) {
    return unreachable(error);
  }
}

/** The sandbox gateway over HTTP, as any provider: `url` is its base address, `apiKey` its bearer. */
export function sandboxGateway(url: string, apiKey: string, budgetMs?: number): Gateway {
  const call = caller(url, apiKey, budgetMs);
  return {
    async prepare({ reference, paymentLink, ...money }) {
      const wire = written(money);
      if (!wire) return 'unreachable';
      try {
        await call(z.object({ id: gatewayId }), '/intents', { reference, paymentLink, ...wire });
        return 'prepared';
      } catch {
        return 'unreachable';
      }
    },
    read: (expected) => read(call, expected),
    async capture(expected, gatewayReference) {
      try {
        return match(await call(payment, `/payments/${gatewayReference}/capture`, {}), expected);
      } catch (error) {
        return unreachable(error);
      }
    },
    voidByReference: (expected) => fence(call, expected),
    refund: (order) => refundAt(call, order),
    readRefund: (order) => readRefundAt(call, order),
    report: (from, to) => reportAt(call, from, to),
  };
}
