import type { Books } from './books';
import type { Evidence } from './invariants';
import type { Receipt } from './receipts';

const LINK = 'plink_1';
const ATTEMPT = 'pay_1';
const REFUND = 're_1';
export const TYPES = ['payment_link.created', 'payment_link.paid', 'refund.created', 'refund.succeeded'];

function cleanBooks(): Books {
  const charge = { reference: ATTEMPT, paymentLink: LINK, currency: 'GBP' };
  return {
    ledger: [
      {
        ...charge,
        id: 'gw_1',
        kind: 'payment',
        status: 'captured',
        amountMinor: 1000,
        idempotencyKey: ATTEMPT,
      },
      {
        ...charge,
        id: 'gwr_1',
        kind: 'refund',
        status: 'succeeded',
        amountMinor: 400,
        idempotencyKey: REFUND,
      },
    ],
    attempts: [
      {
        id: ATTEMPT,
        link: LINK,
        state: 'succeeded',
        amountMinor: 1000,
        currency: 'GBP',
        createdAt: new Date(1_000),
        submittedAt: new Date(1_500),
        capturedMinor: 1000,
        refundedMinor: 400,
        refundingMinor: 0,
      },
    ],
    refunds: [
      {
        id: REFUND,
        link: LINK,
        attempt: ATTEMPT,
        state: 'succeeded',
        amountMinor: 400,
        currency: 'GBP',
        gatewayReference: 'gwr_1',
      },
    ],
    notices: [{ id: 'gwn_1', type: 'payment.captured', attempt: ATTEMPT, state: 'applied', reason: null }],
    links: [
      {
        id: LINK,
        access: 'active',
        amountMinor: 1000,
        currency: 'GBP',
        capturedMinor: 1000,
        heldMinor: 0,
        refundedMinor: 400,
        sequence: TYPES.length,
        expiresAt: new Date(60_000),
      },
    ],
    events: TYPES.map((type, i) => ({
      id: `evt_${i}`,
      type,
      link: LINK,
      sequence: i + 1,
      subject: type.startsWith('refund.') ? REFUND : null,
    })),
    deliveries: TYPES.map((_, i) => ({ id: `dlv_${i}`, event: `evt_${i}`, state: 'succeeded' })),
    entries: [
      { attempt: ATTEMPT, link: LINK, refund: null, kind: 'payment', amountMinor: 1000, currency: 'GBP' },
      { attempt: ATTEMPT, link: LINK, refund: REFUND, kind: 'refund', amountMinor: 400, currency: 'GBP' },
    ],
    endpoints: 1,
  };
}

/** One link of 1000, paid once, of which 400 were given back; everything told. */
export function clean(): Evidence {
  const seen = { page: 'paid', attempt: ATTEMPT, attemptState: 'succeeded', at: 0 };
  const receipt = (type: string): Receipt => ({
    type,
    paymentLink: LINK,
    hash: 'h',
    sent: 1,
    taken: 1,
    changed: false,
    unsigned: 0,
  });
  return {
    books: cleanBooks(),
    receipts: { byId: new Map(TYPES.map((type, i) => [`evt_${i}`, receipt(type)])) },
    seen: [{ link: { id: LINK }, payers: [{ told: [seen] }] }],
    refunds: [{ link: LINK, id: REFUND, refusal: '', amountMinor: 400, told: ['pending', 'succeeded'] }],
    settled: { decidedMs: 0, deliveredMs: 0, undecided: [], undelivered: 0 },
  };
}
