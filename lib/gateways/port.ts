import type { GatewayResult } from '@/core/payment-attempt';

/** What we expect to find at the gateway; anything else under that reference is a mismatch, not an answer. */
export type Expected = { reference: string; amountMinor: number; currency: string };

export type ReadResult =
  | { kind: 'found'; result: GatewayResult }
  | { kind: 'not_found' }
  | { kind: 'mismatch'; reason: string }
  | { kind: 'unreachable'; reason: string };

export type FenceResult = { kind: 'fenced' } | Exclude<ReadResult, { kind: 'not_found' }>;

/** The portal's face of a gateway: no card data ever passes here. Adapters map, they do not decide. */
export type Gateway = {
  /** What the gateway holds under our reference. Changes nothing. */
  read: (expected: Expected) => Promise<ReadResult>;
  /** Voids what is not captured and refuses any later authorisation under the reference. `found`: money had moved. */
  voidByReference: (expected: Expected) => Promise<FenceResult>;
};
