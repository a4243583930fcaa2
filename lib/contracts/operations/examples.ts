import type { LedgerEntry } from '../ledger';
import type { Message } from '../messages';
import type { PaymentAttempt } from '../payment-attempts';
import type { BatchError, PaymentLinkBatch } from '../payment-link-batches';
import type { PaymentLink } from '../payment-links';
import type { Refund } from '../refunds';

/** The objects that the document shows: one payment, told through. Tests hold them against their schemas. */
export const LINK_ID = 'plink_01kb1v3q5sezqv4x0c9w6y2m8n';
export const ATTEMPT_ID = 'pay_01kb1v7c1nf4ks2z6e5r8x9p3q';
export const MAKER = { kind: 'api_client', id: 'key_01kb1v2m4hefqs8y0t3w5z7r9c', name: 'Web shop' };

export const createRequest = {
  amountMinor: 1240,
  currency: 'GBP',
  description: 'Two walking sticks',
  reference: 'order-1042',
  customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
  send: { channel: 'email' },
};

export const link: PaymentLink = {
  id: LINK_ID,
  object: 'payment_link',
  url: 'https://pay.example.com/pay/AQEAAAAAAQmN2H0pR0mQvW1k8b3f5Zx7aHRlZ3BhdGlvbnRva2VuMDAxMjM',
  status: 'active',
  version: 1,
  sequence: 1,
  livemode: false,
  amountMinor: 1240,
  currency: 'GBP',
  amountType: 'fixed',
  minAmountMinor: null,
  maxAmountMinor: null,
  capturedMinor: 0,
  refundedMinor: 0,
  disputedMinor: 0,
  description: 'Two walking sticks',
  reference: 'order-1042',
  profile: 'prof_01kb1v2a3bcd4ef5gh6jk7mn8p',
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: null, locale: 'en', timeZone: null },
  lineItems: null,
  challenge: null,
  phrase: 'calm river',
  locale: 'en',
  returnUrl: null,
  callbackUrl: null,
  metadata: {},
  createdBy: MAKER,
  createdAt: '2026-11-24T09:00:00.000Z',
  updatedAt: '2026-11-24T09:00:00.000Z',
  expiresAt: '2026-11-27T09:00:00.000Z',
  openedAt: null,
  paidAt: null,
  canceledAt: null,
};

export const canceledLink: PaymentLink = {
  ...link,
  status: 'canceled',
  version: 2,
  sequence: 2,
  updatedAt: '2026-11-24T09:30:00.000Z',
  canceledAt: '2026-11-24T09:30:00.000Z',
};

export const attempt: PaymentAttempt = {
  id: ATTEMPT_ID,
  object: 'payment_attempt',
  paymentLink: LINK_ID,
  state: 'succeeded',
  amountMinor: 1240,
  currency: 'GBP',
  channel: 'ecommerce',
  card: { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 },
  declineCode: null,
  gatewayReference: 'gw_01kb1v7d2p',
  createdAt: '2026-11-24T09:12:00.000Z',
  submittedAt: '2026-11-24T09:12:01.120Z',
  endedAt: '2026-11-24T09:12:01.870Z',
};

export const message: Message = {
  id: 'msg_01kb1v3q6tezqv4x0c9w6y2m8n',
  object: 'message',
  paymentLink: LINK_ID,
  template: 'payment_request',
  channel: 'email',
  to: 'ada@example.com',
  state: 'delivered',
  reason: null,
  createdAt: '2026-11-24T09:00:00.000Z',
  sentAt: '2026-11-24T09:00:00.450Z',
  endedAt: '2026-11-24T09:00:02.000Z',
};

export const batchRequest = [
  { amountMinor: 1240, currency: 'GBP', reference: 'order-1043', send: { channel: 'email' } },
  { amountMinor: 990, currency: 'GBP', reference: 'order-1044', customer: { name: 'Ada Lovelace' } },
];

export const batchCsv = `amountMinor,currency,reference,customer.name,customer.email,send
1240,GBP,order-1043,Ada Lovelace,ada@example.com,email
990,GBP,order-1044,"Hopper, Grace",,
`;

export const batch: PaymentLinkBatch = {
  id: 'plb_01kb2003qsezqv4x0c9w6y2m8n',
  object: 'payment_link_batch',
  status: 'issuing',
  onError: 'list',
  format: 'json',
  rows: 2,
  checkedRows: 0,
  issuedRows: 0,
  refusedRows: 0,
  createdBy: MAKER,
  createdAt: '2026-11-24T11:00:00.000Z',
  endedAt: null,
};

export const batchError: BatchError = {
  row: 1,
  path: 'customer.email',
  message: 'is needed to send an e-mail',
  code: 'invalid',
};

export const exported = `id,url,status,reference,description,currency,amountType,amountMinor\r
${link.id},${link.url},active,order-1042,Two walking sticks,GBP,fixed,1240\r
`;

export const refundRequest = { paymentLink: LINK_ID, amountMinor: 500, reason: 'One stick broken' };

export const refund: Refund = {
  id: 're_01kb1w0h5vf4ks2z6e5r8x9p3q',
  object: 'refund',
  paymentLink: LINK_ID,
  paymentAttempt: ATTEMPT_ID,
  amountMinor: 500,
  currency: 'GBP',
  state: 'pending',
  reason: 'One stick broken',
  failure: null,
  createdBy: MAKER,
  createdAt: '2026-11-24T10:00:00.000Z',
  endedAt: null,
};

export const event = {
  id: 'evt_01kb1v3q7vezqv4x0c9w6y2m8n',
  type: 'payment_link.created',
  apiVersion: '2026-11-01',
  occurredAt: '2026-11-24T09:00:00.000Z',
  livemode: false,
  paymentLink: LINK_ID,
  sequence: 1,
  data: link,
  previous: {},
};

export const ledgerEntry: LedgerEntry = {
  id: 'le_01kb1v7e3qf4ks2z6e5r8x9p3q',
  object: 'ledger_entry',
  kind: 'payment',
  amountMinor: 1240,
  currency: 'GBP',
  paymentLink: LINK_ID,
  paymentAttempt: ATTEMPT_ID,
  refund: null,
  dispute: null,
  late: false,
  at: '2026-11-24T09:12:01.870Z',
};

export const pageWith = (one: unknown) => ({ data: [one], nextCursor: null });
