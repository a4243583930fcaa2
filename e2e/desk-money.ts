import { ago, DAY, type House, idAt, MINUTE, nth, publicId, type Row, type Rows, upTo } from './desk-rows';

const ALERTS = [
  [
    'unknown_attempt',
    'For a day the gateway has not said what became of a payment. Look it up there by its id; do not charge again.',
  ],
  [
    'mismatch',
    'The gateway says something that cannot be: it came for another amount. It was set aside; compare it with the gateway.',
  ],
  [
    'duplicate_charge',
    'The gateway charged a try that was closed, and nothing is owed for it. It is being given back.',
  ],
  [
    'balance_difference',
    'There are 3 differences between the gateway, the ledger and the events of profile standard on 2026-11-20, the first about pay_x. Read the balance report.',
  ],
] as const;

/** What waits for somebody under Money, and what was held against the gateway. */
export function moneyOf(house: House, links: Row[], attempts: Row[]): Rows {
  const { merchantId: merchant_id, profileId: profile_id, accountId, size } = house;
  const of = <T>(most: number, make: (n: number) => T) => upTo(Math.min(size, most), make);
  const link = (n: number) => links[n % links.length]?.id;
  const expired = links.filter(({ access }) => access === 'expired');
  return {
    alerts: of(150, (n) => {
      const [kind, message] = nth(ALERTS, n);
      return {
        merchant_id,
        kind,
        subject: publicId('paymentAttempt', String(attempts[n % attempts.length]?.id)),
        message,
        payment_link_id: kind === 'balance_difference' ? null : link(n),
        raised_at: ago(n * 50 * MINUTE),
      };
    }),
    gateway_notifications: of(120, (n) => ({
      merchant_id,
      profile_id,
      gateway_id: crypto.randomUUID(),
      gateway_account_id: accountId,
      type: 'payment.captured',
      payload: JSON.stringify({ kind: 'unreadable' }),
      state: 'quarantined',
      reason: 'it came for another payment profile than the payment is of',
      payment_attempt_id: n % 2 ? attempts[n % attempts.length]?.id : null,
      tries: 1,
      received_at: ago(n * 60 * MINUTE),
    })),
    link_requests: expired.slice(0, 150).map(({ id }, n) => ({
      merchant_id,
      id: idAt(Date.now() - n * 40 * MINUTE),
      payment_link_id: id,
      state: 'pending',
      created_at: ago(n * 40 * MINUTE),
    })),
    balance_reports: of(300, (n) => ({
      merchant_id,
      id: idAt(Date.now() - n * DAY),
      profile_id,
      day: ago((n >> 1) * DAY + DAY).slice(0, 10),
      currency: nth(['GBP', 'JPY'], n),
      gateway_minor: 12_345_600 - (n % 5 === 1 ? 150 : 0),
      ledger_minor: 12_345_600,
      events_minor: 12_345_600,
      gap_count: n % 5 === 1 ? 1 : 0,
      gaps: n % 5 === 1 ? [gap(String(attempts[0]?.id))] : [],
      made_at: ago((n >> 1) * DAY),
    })),
  };
}

const gap = (attempt: string) => ({
  kind: 'missing_at_gateway',
  entry: 'payment',
  reference: publicId('paymentAttempt', attempt),
  hereMinor: 150,
  gatewayMinor: null,
});
