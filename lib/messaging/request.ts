import type { Locale } from '@/core/messages';

/** Who writes to a customer, in which language, about which page. */
export type Sender = {
  locale: Locale;
  merchant: string;
  /** The merchant's own colour and footer, for letters. */
  accent: string | null;
  footer: string | null;
  /** How to ask the merchant whether this is theirs. */
  contact: string;
  url: string;
};

/** What a payment request says, whatever carries it. */
export type PaymentRequest = Sender & {
  /** What the merchant adds, in its own words. */
  note: string | null;
  /** It was sent before and is not paid. */
  isReminder: boolean;
  /** Where the reader of a reminder by e-mail ends them. */
  unsubscribeUrl: string | null;
  /** Its page asks a question first: the message says nothing of what it is for. */
  isClosed: boolean;
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
};

/** What a receipt says; of one whose page asks a question first, nothing but its number. */
export type ReceiptNews = Sender & {
  /** What the merchant adds, in its own words. */
  note: string | null;
  isClosed: boolean;
  amount: string;
  /** That the money came, or went back. */
  lead: string;
  facts: { label: string; value: string }[];
};

/** The answer that a page asks for. */
export type Passcode = Sender & { code: string };
