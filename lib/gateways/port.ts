import type { DisputeState } from '@/core/dispute';
import type { GatewayResult } from '@/core/payment-attempt';
import type { RefundResult } from '@/core/refund';

/** What we expect to find at the gateway; anything else under that reference is a mismatch, not an answer. */
export type Expected = { reference: string; amountMinor: number; currency: string };

export type ReadResult =
  | { kind: 'found'; result: GatewayResult }
  | { kind: 'not_found' }
  | Mismatch
  | { kind: 'unreachable'; reason: string };

/** Something else stands under our reference. `holds` is the money that it holds all the same. */
export type Mismatch = { kind: 'mismatch'; reason: string; holds: 'nothing' | 'authorized' | 'captured' };

export type FenceResult = { kind: 'fenced' } | Exclude<ReadResult, { kind: 'not_found' }>;

/** A refund of ours: `reference` is its id and the gateway's idempotency key. */
export type RefundOrder = {
  reference: string;
  /** The gateway's own reference of the payment. */
  payment: string;
  /** The gateway's own reference of the refund, once it has told it: what to read where it began at the provider. */
  gatewayReference: string | null;
  amountMinor: number;
  currency: string;
};
export type RefundReadResult =
  | { kind: 'found'; result: RefundResult }
  | { kind: 'not_found' }
  | { kind: 'mismatch'; reason: string }
  | { kind: 'unreachable'; reason: string };

/** What a verified notification says, in our words, without card data but what may be shown. `attempt` is our reference. */
export type NotificationFact =
  | { kind: 'payment'; attempt: string; amountMinor: number; currency: string; result: GatewayResult }
  | {
      kind: 'refund';
      attempt: string;
      /** Our refund's id; null for one begun at the provider. */
      refund: string | null;
      gatewayReference: string;
      amountMinor: number;
      currency: string;
      result: RefundResult;
    }
  | {
      kind: 'dispute';
      attempt: string;
      gatewayReference: string;
      amountMinor: number;
      currency: string;
      state: DisputeState;
      reason: string | null;
    }
  /** Nothing that concerns us. */
  | { kind: 'other' }
  /** Signed by the gateway, but not in a shape that we understand. */
  | { kind: 'unreadable' };
export type Notification = { id: string; type: string; fact: NotificationFact };

/** One line of the gateway's own account of money that moved. Amounts are positive; the kind gives the direction. */
export type ReportLine = {
  id: string;
  kind: 'payment' | 'refund' | 'chargeback' | 'reversal';
  /** Our reference of the payment. */
  reference: string;
  amountMinor: number;
  currency: string;
  at: Date;
};

/**
 * The portal's face of a gateway: no card data ever passes here. Amounts are ours; an adapter writes them with `toWire` and
 * reads them with `fromWire` (core/gateway-currencies.ts). Adapters map, they do not decide; none of these throws
 * for what a gateway or a network may do. The card's face is `charge` in card/gateway.ts.
 */
export type Gateway = {
  /** Makes an object to read before the card is sent, where the gateway has such a thing; `nothing` where it has not. */
  prepare: (order: Expected & { paymentLink: string }) => Promise<'prepared' | 'nothing' | 'unreachable'>;
  /** What the gateway holds under our reference. Changes nothing. */
  read: (expected: Expected) => Promise<ReadResult>;
  /** Takes money that is held. Repeated it answers the same. */
  capture: (expected: Expected, gatewayReference: string) => Promise<ReadResult>;
  /** Voids what is not captured and refuses any later authorisation under the reference. `found`: money had moved. */
  voidByReference: (expected: Expected) => Promise<FenceResult>;
  /** Gives captured money back, once per reference however often it is asked. */
  refund: (order: RefundOrder) => Promise<RefundResult>;
  readRefund: (order: RefundOrder) => Promise<RefundReadResult>;
  /** All money that moved from `from` up to, not including, `to`, in order. Throws when the account cannot be read whole. */
  report: (from: Date, to: Date) => AsyncIterable<ReportLine>;
};

/**
 * Verifies a notification's signature over its raw bytes, within 300 s either way, before anything of it is parsed; null
 * when it is not the gateway's. Pure: verification needs no network.
 */
export type NotificationReader = (
  secret: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  now: Date,
) => Notification | null;
