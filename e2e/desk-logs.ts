import {
  ago,
  DAY,
  type House,
  idAt,
  MINUTE,
  nameOf,
  nth,
  publicId,
  type Row,
  type Rows,
  upTo,
} from './desk-rows';

/** Most of what is listed beside links is not there ten thousand times anywhere. */
const some = ({ size }: House, most: number) => Math.min(size, most);
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

export const peopleOf = (house: House): Row[] =>
  upTo(some(house, 60), (n) => ({
    merchant_id: house.merchantId,
    id: idAt(Date.now() - n * DAY),
    email: `person${n}.${crypto.randomUUID().slice(0, 8)}@${n % 7 === 3 ? 'accounts.north-western-outdoor-pursuits' : 'mail'}.example`,
    name: nameOf(n + 5),
    role: nth(['agent', 'admin', 'agent', 'viewer', 'agent'], n),
    password_hash: null,
    button_enabled: n % 4 !== 2,
    joined_at: n % 6 === 1 ? null : ago(n * DAY),
    disabled_at: n % 9 === 4 ? ago(DAY) : null,
    created_at: ago(n * DAY),
  }));

export const sessionsOf = (house: House): Row[] =>
  upTo(some(house, 20), (n) => ({
    merchant_id: house.merchantId,
    id: idAt(Date.now() - n * 3_600_000),
    user_id: house.owner,
    address: nth(['192.0.2.17', '2001:db8:85a3:8d3:1319:8a2e:370:7348'], n),
    user_agent: nth([AGENT, `${AGENT} CriOS/131`, null], n),
    created_at: ago(n * 3_600_000),
    last_seen_at: ago(n * 30 * MINUTE),
    verified_at: ago(n * 3_600_000),
  }));

export const viewsOf = (house: House): Row[] =>
  upTo(some(house, 12), (n) => ({
    merchant_id: house.merchantId,
    id: idAt(Date.now() - n * DAY),
    user_id: house.owner,
    name: nth(['Ends soon', 'Nobody has opened these, of the north-western region, in pounds', 'Held'], n),
    filter: nth(
      [
        { status: 'active', sort: 'expiring' },
        { status: 'active', channel: 'none' },
      ],
      n,
    ),
    shared: n % 3 === 1,
    created_at: ago(n * DAY),
  }));

/** Keys and OAuth clients, and what they asked. */
export function clientsOf(house: House): Rows {
  const client = (n: number, name: string) => ({
    merchant_id: house.merchantId,
    id: idAt(Date.now() - n * DAY),
    name,
    scopes: nth([['payment_links:read', 'payment_links:create'], ['webhooks:read']], n),
    addresses: n % 4 === 1 ? ['192.0.2.0/24', '2001:db8::/32'] : null,
    revoked_at: n % 5 === 4 ? ago(DAY) : null,
    last_used_at: n % 3 ? ago(n * MINUTE) : null,
    created_by_name: 'Nora Keane',
    created_at: ago(n * DAY),
  });
  const keys = upTo(some(house, 25), (n) => ({
    ...client(n, nth(['Web shop', 'Till', 'Nightly job of the accounts department in the north-west'], n)),
    prefix: `cf_test_${String(n).padStart(4, 'a')}`,
    hash: crypto.randomUUID(),
    expires_at: n % 4 === 2 ? ago(-90 * DAY) : null,
  }));
  return {
    api_keys: keys,
    oauth_clients: upTo(some(house, 12), (n) => ({
      ...client(n, nth(['CRM', 'Warehouse'], n)),
      secret_hash: crypto.randomUUID(),
    })),
    api_requests: keys.length === 0 ? [] : upTo(some(house, 3_000), (n) => requestOf(house, keys, n)),
  };
}

function requestOf(house: House, keys: Row[], n: number): Row {
  const [method, path, status, code] = nth(
    [
      ['POST', '/payment-links', 201, null],
      ['GET', `/payment-links/${publicId('paymentLink', idAt(Date.now()))}`, 200, null],
      ['POST', '/payment-links', 422, 'validation_failed'],
      ['POST', `/payment-links/${publicId('paymentLink', idAt(Date.now()))}/cancel`, 409, 'conflict'],
      ['GET', '/payment-links', 429, 'rate_limited'],
    ] as const,
    n,
  );
  const key = keys[n % keys.length];
  const detail = 'amountMinor must be at least 1; currency is not known';
  return {
    merchant_id: house.merchantId,
    id: idAt(Date.now() - n * 5 * MINUTE),
    client_id: publicId('apiKey', String(key?.id)),
    client_name: key?.name,
    method,
    path: `/api/v1${path}`,
    query: {},
    operation: null,
    body: method === 'POST' ? { reference: `ORD-${n}`, amountMinor: 0 } : null,
    status,
    code,
    problem: code ? { type: `urn:counterfoil:${code}`, title: 'Refused', status, code, detail } : null,
    duration_ms: 7 + ((n * 37) % 1_400),
    address: '192.0.2.17',
    user_agent: 'node',
    idempotency_key: null,
    replayed: false,
    at: ago(n * 5 * MINUTE),
  };
}

const URLS = [
  'https://hooks.shop.example/counterfoil',
  'https://integration.accounts.north-western-outdoor-pursuits.example/v2/inbound/counterfoil/payment-events?tenant=gb-north',
] as const;
const ANSWERS = [
  ['succeeded', 200, null],
  ['succeeded', 204, null],
  ['retrying', 503, null],
  ['exhausted', null, 'No answer within 10 seconds'],
  ['succeeded', 200, null],
  ['disabled', 410, null],
] as const;

export function webhooksOf(house: House, events: Row[], secret: string): Rows {
  const merchant_id = house.merchantId;
  const endpoints = upTo(some(house, 12), (n) => ({
    merchant_id,
    id: idAt(Date.now() - (n + 9) * DAY),
    kind: 'events',
    url: nth(URLS, n),
    description: n % 2 ? 'Stock and accounts of the northern branches' : null,
    types: n % 3 === 1 ? ['payment_link.paid', 'refund.succeeded', 'dispute.opened'] : null,
    secret,
    method: 'POST',
    header_names: n % 4 === 1 ? ['X-Tenant'] : [],
    version: 1,
    alerted_percent: n === 1 ? 50 : 0,
    is_slow: false,
    paused_at: n % 5 === 2 ? ago(DAY) : null,
    failing_since: n === 1 ? ago(3 * DAY) : null,
    disabled_at: n % 7 === 4 ? ago(DAY) : null,
    disabled_reason: n % 7 === 4 ? 'Every try failed for five days.' : null,
    created_at: ago((n + 9) * DAY),
  }));
  const told = endpoints.length === 0 ? [] : events.slice(0, some(house, 4_000));
  const deliveries = told.map((event, n) => {
    const [state] = nth(ANSWERS, n);
    return {
      merchant_id,
      id: idAt(Date.parse(String(event.occurred_at))),
      event_id: event.id,
      endpoint_id: endpoints[n % endpoints.length]?.id,
      state,
      tries: state === 'succeeded' ? 1 : 3,
      tries_before: 0,
      fence: 0,
      scheduled_at: event.occurred_at,
      next_try_at: ago(-DAY),
      created_at: event.occurred_at,
      ended_at: state === 'retrying' ? null : event.occurred_at,
    };
  });
  return {
    webhook_endpoints: endpoints,
    webhook_deliveries: deliveries,
    webhook_tries: deliveries.flatMap((delivery, n) => {
      const [, status, error] = nth(ANSWERS, n);
      return upTo(delivery.tries, (number) => ({
        merchant_id,
        delivery_id: delivery.id,
        number: number + 1,
        request_headers: { 'content-type': 'application/json', 'webhook-id': 'evt_1' },
        status,
        error,
        answer: status === 503 ? '<h1>Back soon</h1>' : status ? 'ok' : null,
        answer_headers: status ? { server: 'nginx' } : null,
        duration_ms: 40 + (n % 900),
        at: delivery.created_at,
      }));
    }),
  };
}

const ACTS = [
  ['payment_link.create', { amountMinor: 4_999, currency: 'GBP' }],
  ['payment_link.send', { channel: 'email' }],
  ['refund.create', { amountMinor: 150, reason: 'Sent back unworn' }],
  ['user.change_role', { from: 'agent', to: 'admin' }],
  ['sign_in', {}],
  ['payment_profile.update', { changed: ['remindAfterIssue', 'quietHours'] }],
  ['webhook_endpoint.rotate_secret', {}],
] as const;
export const auditOf = (house: House, links: Row[]): Row[] =>
  upTo(some(house, 5_000), (n) => {
    const [action, data] = nth(ACTS, n);
    const link = String(links[n % links.length]?.id);
    return {
      merchant_id: house.merchantId,
      id: idAt(Date.now() - n * 7 * MINUTE),
      actor_kind: 'user',
      actor_id: publicId('user', house.owner),
      action,
      subject: action.startsWith('payment_link.')
        ? publicId('paymentLink', link)
        : publicId('user', house.owner),
      data,
      address: '192.0.2.17',
      request_id: 'req_pictures',
      at: ago(n * 7 * MINUTE),
    };
  });

export function importsOf(house: House): Rows {
  const batches = upTo(some(house, 40), (n) => ({
    merchant_id: house.merchantId,
    id: idAt(Date.now() - n * DAY),
    state: n % 6 === 2 ? 'refused' : 'completed',
    on_error: n % 2 ? 'list' : 'refuse',
    format: 'csv',
    rows: nth([10_000, 1, 250], n),
    checked_rows: nth([10_000, 1, 250], n),
    issued_rows: n % 6 === 2 ? 0 : nth([9_963, 1, 250], n),
    refused_rows: nth([37, 0, 0], n),
    created_by_kind: 'user',
    created_by_name: nameOf(n),
    request_id: 'req_pictures',
    created_at: ago(n * DAY),
    ended_at: ago(n * DAY - MINUTE),
  }));
  const [first] = batches;
  const errors = upTo(first ? 37 : 0, (n) => ({
    merchant_id: house.merchantId,
    batch_id: first?.id,
    row: 17 + n * 251,
    place: 0,
    path: nth(['amountMinor', 'customer.email', 'currency'], n),
    message: nth(['must be a whole number', 'must be an e-mail address', 'is not a currency'], n),
    code: 'invalid',
  }));
  return { payment_link_batches: batches, payment_link_batch_errors: errors };
}

/** One bulk act, done but for a few. */
export function bulkOf(house: House, links: Row[]): Rows {
  const of = links.slice(0, some(house, 1_000));
  const { merchantId: merchant_id, owner: created_by_id } = house;
  const id = idAt(Date.now() - DAY);
  if (of.length === 0) return {};
  const act = { merchant_id, id, act: 'send', state: 'completed', links: of.length, channel: 'email' };
  const by = { created_by_id, created_by_name: 'Nora Keane', request_id: 'req_pictures' };
  const at = { created_at: ago(DAY), starts_at: ago(DAY), ended_at: ago(DAY - MINUTE) };
  return {
    bulk_acts: [{ ...act, ...by, ...at }],
    bulk_act_links: of.map((link, place) => ({
      merchant_id,
      bulk_act_id: id,
      place,
      payment_link_id: link.id,
      state: place % 9 === 4 ? 'left' : 'done',
      message: place % 9 === 4 ? 'This link was canceled before.' : null,
    })),
  };
}
