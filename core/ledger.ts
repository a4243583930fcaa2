/** What an entry of the ledger tells. Amounts are positive; the kind says which way the money went. */
export const LEDGER_KINDS = ['payment', 'refund', 'chargeback', 'reversal', 'adjustment'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** +1 for money that came in, -1 for money that went out. An adjustment carries its own sign in its amount. */
export const LEDGER_SIGN: Record<LedgerKind, 1 | -1> = {
  payment: 1,
  refund: -1,
  chargeback: -1,
  reversal: 1,
  adjustment: 1,
};
