import type { PaymentRequest } from '../request';

/** The part of an address that no message may cut. */
export const URL_CHARACTERS = 'A'.repeat(58);
/** A payment request as most are. */
export const request = (change: Partial<PaymentRequest> = {}): PaymentRequest => ({
  locale: 'en',
  merchant: 'Juniper Outfitters',
  accent: null,
  footer: null,
  contact: 'help@juniper.example',
  note: null,
  isReminder: false,
  unsubscribeUrl: null,
  isClosed: false,
  amountMinor: 12_345_67,
  currency: 'GBP',
  description: 'Order 1001 & <more>',
  reference: 'A-1001',
  customerName: 'Ada',
  phrase: 'amber falcon',
  payBy: new Date('2026-11-26T14:05:00Z'),
  timeZone: 'Europe/Berlin',
  url: `https://pay.juniper-outfitters.example/pay/${URL_CHARACTERS}`,
  ...change,
});
