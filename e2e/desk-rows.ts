import {
  apiKeys,
  apiRequests,
  auditEntries,
  balanceReports,
  bulkActs,
  events,
  paymentAttempts,
  paymentLinkBatches,
  paymentLinks,
  paymentProfiles,
  users,
  webhookDeliveries,
  webhookEndpoints,
} from '@/db/schema';

/** What the pictures of the desk show: rows as an office has them, with names and texts that are long, short and of other alphabets. */
export type Row = Record<string, unknown>;
export type Rows = Record<string, Row[]>;
export type House = { merchantId: number; profileId: string; accountId: string; owner: string; size: number };

export const MINUTE = 60_000;
export const DAY = 86_400_000;
const IDS = {
  apiKey: apiKeys.id,
  request: apiRequests.id,
  audit: auditEntries.id,
  balanceReport: balanceReports.id,
  bulkAct: bulkActs.id,
  event: events.id,
  paymentAttempt: paymentAttempts.id,
  paymentLinkBatch: paymentLinkBatches.id,
  paymentLink: paymentLinks.id,
  profile: paymentProfiles.id,
  user: users.id,
  delivery: webhookDeliveries.id,
  webhookEndpoint: webhookEndpoints.id,
};
export type Kind = keyof typeof IDS;
/** As the product spells an id of a table. */
export const publicId = (kind: Kind, uuid: string): string => String(IDS[kind].mapFromDriverValue(uuid));
/** An id of that instant: tables are read in the order of their ids. */
export function idAt(ms: number): string {
  const at = Math.floor(ms).toString(16).padStart(12, '0');
  return `${at.slice(0, 8)}-${at.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}
export const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
/** The n-th of a list, round and round. */
export function nth<const L extends readonly [unknown, ...unknown[]]>(list: L, n: number): L[number] {
  return list[n % list.length] ?? list[0];
}
export const upTo = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const FIRST = ['Zoë', 'Ada', 'Priya', 'Oluwaseun', 'Grace', 'Bartholomew', 'Mei', 'Søren', 'Noor'] as const;
const LAST = ['Quirk', 'Okonkwo-Featherstonehaugh', 'Lee', 'Nakamura', 'Hughes', 'de la Cruz', 'Ng'] as const;
const WHOLE = ['田中 さくら', 'فاطمة الزهراء'] as const;
export const nameOf = (n: number) => (n % 23 === 7 ? nth(WHOLE, n) : `${nth(FIRST, n)} ${nth(LAST, n >> 1)}`);
const mailOf = (n: number) =>
  `${nth(FIRST, n).toLowerCase().normalize('NFD').replace(/\W/g, '')}.${n}@${n % 11 === 3 ? 'accounts.north-western-outdoor-pursuits' : 'mail'}.example`;
const GOODS = [
  'Two-person tent',
  'Deposit for a guided walk in the Cairngorms, four people, 3 to 7 May, with packed lunches and the hire of boots',
  'Walking sticks',
  'Repair of a stove',
] as const;

/** A link in 19 is canceled, in 13 held; of the others most that are older than three days were paid, some given back. */
function moneyOf(n: number, amount: number, isOld: boolean): Row {
  if (n % 19 === 4) return { access: 'canceled' };
  if (n % 13 === 2) return { access: 'locked' };
  if (n % 3 === 0) return { access: isOld ? 'expired' : 'active' };
  if (!isOld && n % 4 === 1) return { access: 'active' };
  const back = n % 10 === 1 ? amount : n % 10 === 8 ? Math.ceil(amount / 3) : 0;
  return { access: 'active', captured_minor: amount, refunded_minor: back };
}

export function linksOf({ merchantId, profileId, owner, size }: House): Row[] {
  const step = Math.min((200 * DAY) / size, 3 * 3_600_000);
  return upTo(size, (n) => {
    const made = n * step + 4 * MINUTE;
    const amount = nth([4_999, 12_000, 123_456_789, 150, 80_050], n);
    const money = moneyOf(n, amount, made > 3 * DAY);
    return {
      merchant_id: merchantId,
      id: idAt(Date.now() - made),
      profile_id: profileId,
      amount_type: 'fixed',
      amount_minor: amount,
      ceiling_minor: amount,
      currency: nth(['GBP', 'GBP', 'GBP', 'EUR', 'GBP', 'JPY'], n),
      captured_minor: 0,
      refunded_minor: 0,
      ...money,
      description: nth(GOODS, n),
      reference: n % 17 === 6 ? `WEB-2026-NORTHERN-REGION-${100_000 + n}/B` : `ORD-${20_417 + n}`,
      customer_name: n % 9 === 8 ? null : nameOf(n),
      customer_email: mailOf(n),
      customer_phone: `+447700900${String(n % 1_000).padStart(3, '0')}`,
      locale: 'en',
      channels: nth([['email'], ['sms'], ['email', 'sms'], []], n),
      phrase: 'amber river',
      livemode: false,
      created_by_kind: 'user',
      created_by_id: publicId('user', owner),
      created_by_name: 'Nora Keane',
      created_at: ago(made),
      updated_at: ago(made),
      expires_at: ago(made - 3 * DAY),
      opened_at: n % 2 ? ago(made - 20 * MINUTE) : null,
      canceled_at: money.access === 'canceled' ? ago(made - 30 * MINUTE) : null,
      paid_at: money.captured_minor ? ago(Math.max(MINUTE, made - 70 * MINUTE)) : null,
      sequence: 6,
    };
  });
}

export const tokensOf = (links: Row[]): Row[] =>
  links.map((link) => ({
    merchant_id: link.merchant_id,
    id: crypto.randomUUID(),
    payment_link_id: link.id,
    state: link.access === 'canceled' ? 'revoked' : 'live',
    key_id: 1,
    expires_at: link.expires_at,
    created_at: link.created_at,
  }));

const paidOf = (links: Row[]) => links.filter(({ paid_at }) => paid_at !== null);

/** One try each that succeeded; the newest of the unpaid ones have been declined, or nobody knows. */
export function attemptsOf({ accountId, size }: House, links: Row[]): Row[] {
  const open = links.filter(({ access, paid_at }) => access === 'active' && paid_at === null).slice(0, 60);
  const attempt = (link: Row, n: number, more: Row) => ({
    merchant_id: link.merchant_id,
    id: idAt(Date.parse(String(link.created_at)) + 60 * MINUTE),
    payment_link_id: link.id,
    amount_minor: link.amount_minor,
    currency: link.currency,
    channel: 'ecommerce',
    gateway: 'sandbox',
    gateway_account_id: accountId,
    gateway_reference: crypto.randomUUID(),
    brand: nth(['visa', 'mastercard', 'amex'], n),
    last4: String(4242 + n).slice(-4),
    exp_month: 12,
    exp_year: 2031,
    exclusive: true,
    captured_minor: 0,
    refunded_minor: 0,
    refunding_minor: 0,
    disputed_minor: 0,
    reads: 0,
    created_at: link.created_at,
    submitted_at: link.created_at,
    ended_at: null,
    operator_since: null,
    decline_code: null,
    ...more,
  });
  return [
    ...paidOf(links).map((link, n) =>
      attempt(link, n, {
        state: 'succeeded',
        captured_minor: link.captured_minor,
        refunded_minor: link.refunded_minor,
        submitted_at: link.paid_at,
        ended_at: link.paid_at,
      }),
    ),
    ...open.map((link, n) =>
      n < Math.min(size, 45)
        ? attempt(link, n, { state: 'unknown', reads: 99, operator_since: n % 3 ? null : link.created_at })
        : attempt(link, n, { state: 'declined', decline_code: 'generic_decline', ended_at: link.created_at }),
    ),
  ];
}

export function refundsOf(links: Row[], attempts: Row[]): Row[] {
  const of = new Map(links.map((link) => [link.id, link]));
  return attempts
    .filter(({ refunded_minor }) => Number(refunded_minor) > 0)
    .map((attempt) => ({
      merchant_id: attempt.merchant_id,
      id: idAt(Date.parse(String(of.get(attempt.payment_link_id)?.paid_at)) + 1),
      payment_link_id: attempt.payment_link_id,
      payment_attempt_id: attempt.id,
      amount_minor: attempt.refunded_minor,
      currency: attempt.currency,
      state: 'succeeded',
      reason: 'Sent back unworn',
      created_by_kind: 'user',
      created_by_name: 'Nora Keane',
      created_at: attempt.ended_at,
      ended_at: attempt.ended_at,
    }));
}

export function ledgerOf(attempts: Row[], refunds: Row[]): Row[] {
  const entry = (row: Row, more: Row) => ({
    merchant_id: row.merchant_id,
    id: idAt(Date.parse(String(row.ended_at))),
    payment_link_id: row.payment_link_id,
    refund_id: null,
    currency: row.currency,
    late: false,
    at: row.ended_at,
    ...more,
  });
  return [
    ...attempts
      .filter(({ state }) => state === 'succeeded')
      .map((row) =>
        entry(row, { payment_attempt_id: row.id, kind: 'payment', amount_minor: row.captured_minor }),
      ),
    ...refunds.map((row) =>
      entry(row, {
        payment_attempt_id: row.payment_attempt_id,
        refund_id: row.id,
        kind: 'refund',
        amount_minor: row.amount_minor,
      }),
    ),
  ];
}

/** How far each link came. */
const TOLD = [
  ['payment_link.created', 'Nora Keane', null],
  ['payment_link.sent', 'Nora Keane', 'by e-mail'],
  ['message.delivered', 'Counterfoil', null],
  ['payment_link.opened', 'Payer', null],
  ['payment_attempt.started', 'Payer', 'Visa ending in 4242'],
  ['payment_link.paid', 'Payer', null],
] as const;
export const eventsOf = (links: Row[]): Row[] =>
  links.flatMap((link, n) =>
    TOLD.slice(0, link.paid_at ? 6 : 2 + (n % 3)).map(([type, actor_name, detail], at) => {
      const occurred = Math.min(Date.now() - MINUTE, Date.parse(String(link.created_at)) + at * 12 * MINUTE);
      const id = idAt(occurred);
      const data = { object: 'payment_link', id: publicId('paymentLink', String(link.id)) };
      return {
        merchant_id: link.merchant_id,
        id,
        type,
        payment_link_id: link.id,
        sequence: at + 1,
        payload: JSON.stringify({ id: publicId('event', id), object: 'event', type, data }),
        actor_name,
        detail,
        occurred_at: new Date(occurred).toISOString(),
      };
    }),
  );

/** Of an e-mail and of an SMS in turn. */
const MESSAGE_ENDS = [
  ['delivered', null],
  ['delivered', null],
  ['bounced', 'The mailbox does not exist (550 5.1.1)'],
  ['undelivered', 'The number is not in service'],
  ['sent', null],
  ['delivered', null],
] as const;
export const messagesOf = (links: Row[]): Row[] =>
  links.slice(0, 4_000).map((link, n) => {
    const [state, reason] = nth(MESSAGE_ENDS, n);
    return {
      merchant_id: link.merchant_id,
      id: idAt(Date.parse(String(link.created_at))),
      payment_link_id: link.id,
      channel: n % 2 ? 'sms' : 'email',
      recipient: n % 2 ? link.customer_phone : link.customer_email,
      template: nth(['payment_request', 'reminder'], n >> 1),
      state,
      reason,
      created_at: link.created_at,
      sent_at: link.created_at,
      ended_at: state === 'sent' ? null : link.created_at,
    };
  });
