/** Payments, refunds and disputes as the sandbox gateway tells them, and what they are in our words. */
import * as z from 'zod';
import { BRANDS } from '@/core/card-rules';
import { fromWire } from '@/core/gateway-currencies';
import type { Money } from '@/core/money';
import { asDeclineCode, type GatewayResult } from '@/core/payment-attempt';
import type { RefundResult } from '@/core/refund';
import { gatewayId, gatewayReason } from '../wire';
import type { Expected, Mismatch, RefundOrder } from './port';

export const payment = z.object({
  id: gatewayId,
  reference: gatewayId,
  amountMinor: z.int(),
  currency: z.string(),
  status: z.enum(['authorized', 'captured', 'requires_action', 'declined', 'failed', 'voided', 'expired']),
  brand: z.enum(BRANDS),
  last4: z.string().regex(/^\d{4}$/),
  expMonth: z.int().min(1).max(12),
  expYear: z.int().min(2000).max(2100),
  capturedMinor: z.int().nullish(),
  refundedMinor: z.int().nullish(),
  declineCode: z.string().nullish(),
  action: z.object({ url: z.url({ protocol: /^https?$/ }).max(2000) }).nullish(),
});
export type Payment = z.infer<typeof payment>;

export const refund = z.object({
  id: gatewayId,
  payment: gatewayId,
  reference: gatewayId.nullable(),
  amountMinor: z.int(),
  currency: z.string(),
  status: z.enum(['pending', 'succeeded', 'failed']),
  reason: gatewayReason.nullish(),
});

export const dispute = z.object({
  id: gatewayId,
  amountMinor: z.int(),
  currency: z.string(),
  reason: gatewayReason.nullish(),
  status: z.enum(['open', 'won', 'lost']),
});

export function resultOf(found: Payment): GatewayResult {
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
      return { kind: 'voided', reason: 'voided', gatewayReference };
    case 'expired':
      return { kind: 'failed', reason: found.status, gatewayReference };
  }
}

type Told = { amountMinor: number; currency: string };

/** Money as this gateway wrote it; null when it is no amount of that currency. */
export const moneyOf = (told: Told): Money | null =>
  told.amountMinor > 0 ? fromWire('sandbox', told.amountMinor, told.currency) : null;

const isMoney = (told: Told, expected: Told): boolean => {
  const money = moneyOf(told);
  return money?.amountMinor === expected.amountMinor && money.currency === expected.currency;
};

/** The amount that counts: what was taken, once something was. A part of what was agreed is another amount. */
export const counted = (found: Payment): Told => ({
  amountMinor: found.status === 'captured' ? (found.capturedMinor ?? found.amountMinor) : found.amountMinor,
  currency: found.currency,
});

export function match(
  found: Payment,
  expected: Expected,
): { kind: 'found'; result: GatewayResult } | Mismatch {
  const same =
    found.reference === expected.reference && isMoney(found, expected) && isMoney(counted(found), expected);
  if (same) return { kind: 'found', result: resultOf(found) };
  return {
    kind: 'mismatch',
    reason: 'the gateway holds another amount, currency or reference',
    holds: heldBy(found),
  };
}

/** What of a payment's money is there: what was taken and given back whole is not. */
function heldBy(found: Payment): Mismatch['holds'] {
  const { status, refundedMinor } = found;
  if (status === 'authorized') return 'authorized';
  const isBack = (refundedMinor ?? 0) >= counted(found).amountMinor;
  return status === 'captured' && !isBack ? 'captured' : 'nothing';
}

export function refundResultOf(found: z.infer<typeof refund>): RefundResult {
  const { id: gatewayReference, status } = found;
  return status === 'failed'
    ? { kind: 'failed', reason: found.reason ?? 'refused', gatewayReference }
    : { kind: status, gatewayReference };
}

/** True when it is the refund that was ordered. */
export const isOrdered = (found: z.infer<typeof refund>, order: RefundOrder): boolean =>
  found.payment === order.payment &&
  isMoney(found, order) &&
  (found.reference === order.reference || found.id === order.gatewayReference);
