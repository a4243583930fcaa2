import * as z from 'zod';
import type { Money } from '@/core/money';
import { isTimely, signedAt } from '../webhooks/sign';
import { gatewayId } from '../wire';
import type { Notification, NotificationFact, NotificationReader } from './port';
import { counted, dispute, moneyOf, payment, refund, refundResultOf, resultOf } from './sandbox-objects';

const about = { paymentReference: gatewayId };
const envelope = z.object({ id: z.string().min(1).max(200), type: z.string().max(100), data: z.unknown() });

function readable(told: { amountMinor: number; currency: string }): Money {
  const money = moneyOf(told);
  if (!money) throw new Error('no amount that we understand');
  return money;
}

function factOf(type: string, data: unknown): NotificationFact {
  const noun = type.split('.')[0];
  if (noun === 'payment') {
    const found = payment.parse(data);
    return {
      kind: 'payment',
      attempt: found.reference,
      ...readable(counted(found)),
      result: resultOf(found),
    };
  }
  if (noun === 'refund') {
    const found = refund.extend(about).parse(data);
    const { id: gatewayReference, reference, paymentReference: attempt } = found;
    const what = { attempt, refund: reference, gatewayReference, ...readable(found) };
    return { kind: 'refund', ...what, result: refundResultOf(found) };
  }
  if (noun !== 'dispute') return { kind: 'other' };
  const found = dispute.extend(about).parse(data);
  const { id: gatewayReference, paymentReference: attempt, status: state } = found;
  const reason = found.reason ?? null;
  return { kind: 'dispute', attempt, gatewayReference, ...readable(found), state, reason };
}

function readBody(id: string, body: string): Notification {
  try {
    const told = envelope.parse(JSON.parse(body));
    const readable = told.id === id;
    const fact = readable ? factOf(told.type, told.data) : ({ kind: 'unreadable' } as const);
    return { id, type: told.type, fact };
  } catch {
    return { id, type: 'unreadable', fact: { kind: 'unreadable' } };
  }
}

/** Notifications of the sandbox gateway: Standard Webhooks, `{id, type, createdAt, data}`, `id` being the webhook-id. */
export const readSandboxNotification: NotificationReader = (secret, headers, body, now) => {
  const at = signedAt(secret, headers, body);
  return at && isTimely(at, now) ? readBody(headers['webhook-id'] ?? '', body) : null;
};
