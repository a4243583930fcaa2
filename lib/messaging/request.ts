import type { Locale } from '@/core/messages';

/** What a payment request says, whatever carries it. */
export type PaymentRequest = {
  locale: Locale;
  merchant: string;
  /** How to ask the merchant whether this is theirs. */
  contact: string;
  /** Null where the payer says how much. */
  amountMinor: number | null;
  currency: string;
  description: string | null;
  reference: string | null;
  customerName: string | null;
  phrase: string;
  payBy: Date;
  /** The customer's zone where we know it, else the merchant's. */
  timeZone: string;
  url: string;
};
