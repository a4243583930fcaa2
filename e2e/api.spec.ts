import { expect, run, test, uniqueReference } from './support';

const body = () => ({ amountMinor: 1240, currency: 'GBP', reference: uniqueReference() });

test('create answers 201 with the link, read answers the same, the list finds it, cancel ends it', async ({
  house,
}) => {
  const wanted = body();
  const created = await house.api('POST', '/payment-links', wanted);
  expect(created.status()).toBe(201);
  const link = await created.json();
  expect(link).toMatchObject({ ...wanted, object: 'payment_link', status: 'active', version: 1 });
  expect(link.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(link.url).toMatch(new RegExp(`^${run.portalUrl}/pay/[\\w-]{58}$`));
  expect(await (await house.api('GET', `/payment-links/${link.id}`)).json()).toEqual(link);
  const list = await (await house.api('GET', `/payment-links?reference=${wanted.reference}`)).json();
  expect(list).toEqual({ data: [link], nextCursor: null });
  for (let i = 0; i < 2; i++) {
    const canceled = await house.api('POST', `/payment-links/${link.id}/cancel`);
    expect(canceled.status()).toBe(200);
    expect(await canceled.json()).toMatchObject({ status: 'canceled' });
  }
});

test('the list is walked by cursor, newest first', async ({ house }) => {
  const customer = { name: uniqueReference() };
  const made: string[] = [];
  for (let i = 0; i < 5; i++) made.unshift((await house.issue({ customer })).id);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = `limit=2&q=${customer.name}${cursor && `&cursor=${cursor}`}`;
    const page: { data: { id: string }[]; nextCursor: string | null } = await (
      await house.api('GET', `/payment-links?${query}`)
    ).json();
    seen.push(...page.data.map((link) => link.id));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(made);
});

test('an Idempotency-Key makes one link however often it is sent, and refuses another body', async ({
  house,
}) => {
  const wanted = body();
  const key = { 'idempotency-key': uniqueReference() };
  const first = await house.api('POST', '/payment-links', wanted, key);
  const again = await house.api('POST', '/payment-links', wanted, key);
  expect(first.headers()['idempotency-replayed']).toBeUndefined();
  expect(again.headers()['idempotency-replayed']).toBe('true');
  expect(await again.text()).toBe(await first.text());
  const other = await house.api('POST', '/payment-links', body(), key);
  expect(other.status()).toBe(422);
  expect(await other.json()).toMatchObject({ code: 'idempotency_mismatch' });
  const list = await (await house.api('GET', `/payment-links?reference=${wanted.reference}`)).json();
  expect(list.data).toHaveLength(1);
});

test('ten at once under one key: one link, the others replayed or told that it is in flight', async ({
  house,
}) => {
  const wanted = body();
  const key = { 'idempotency-key': uniqueReference() };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => house.api('POST', '/payment-links', wanted, key)),
  );
  for (const answer of answers) expect([201, 409]).toContain(answer.status());
  const list = await (await house.api('GET', `/payment-links?reference=${wanted.reference}`)).json();
  expect(list.data).toHaveLength(1);
});

for (const [what, status, code, make] of [
  ['no key', 401, 'unauthenticated', { headers: { authorization: '' } }],
  ['a wrong key', 401, 'unauthenticated', { headers: { authorization: 'Bearer cf_test_nothing' } }],
  ['not JSON', 400, 'malformed', { data: '{"amountMinor":' }],
  ['too deep', 400, 'malformed', { data: `${'{"a":'.repeat(20)}1${'}'.repeat(20)}` }],
  ['another media type', 415, 'unsupported_media_type', { data: 'amountMinor=1', type: 'text/plain' }],
  ['too large', 413, 'too_large', { data: JSON.stringify({ description: 'x'.repeat(70_000) }) }],
  ['an unknown field', 422, 'invalid', { data: '{"amountMinor":1,"currency":"GBP","surprise":1}' }],
  [
    'a card number',
    422,
    'card_number_refused',
    { data: '{"amountMinor":1,"currency":"GBP","description":"4242424242424242"}' },
  ],
] as const) {
  test(`${what} is answered ${status} ${code} as problem+json`, async ({ request }) => {
    const more: { headers?: Record<string, string>; data?: string; type?: string } = make;
    const answer = await request.post(`${run.portalUrl}/api/v1/payment-links`, {
      headers: {
        authorization: `Bearer ${run.apiKey}`,
        'content-type': more.type ?? 'application/json',
        ...more.headers,
      },
      data: Buffer.from(more.data ?? '{}'),
    });
    expect(answer.status()).toBe(status);
    expect(answer.headers()['content-type']).toBe('application/problem+json');
    const problem = await answer.json();
    expect(Object.keys(problem).sort()).toEqual([
      'code',
      'detail',
      'errors',
      'requestId',
      'status',
      'title',
      'type',
    ]);
    expect(problem).toMatchObject({ status, code });
  });
}

test("another merchant's link is 404 for reading, canceling and its attempts", async ({ request, house }) => {
  const link = await house.issue();
  const headers = { authorization: `Bearer ${run.otherMerchant.apiKey}` };
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/attempts'],
    ['POST', '/cancel'],
  ] as const) {
    const answer = await request.fetch(`${run.portalUrl}/api/v1/payment-links/${link.id}${path}`, {
      method,
      headers,
    });
    expect(answer.status()).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'not_found' });
  }
  expect((await house.link(link.id)).status).toBe('active');
});

test('a method that a path does not have is 405, a path that is not there 404, both as problems', async ({
  house,
  request,
}) => {
  const link = await house.issue();
  const wrong = await request.delete(`${run.portalUrl}/api/v1/payment-links/${link.id}`);
  expect(wrong.status()).toBe(405);
  expect(await wrong.json()).toMatchObject({ code: 'method_not_allowed' });
  expect(wrong.headers().allow).toBe('GET, HEAD, PATCH, OPTIONS');
  const acts = `${run.portalUrl}/api/v1/payment-links/${link.id}/cancel`;
  expect((await request.get(acts)).headers().allow).toBe('POST, OPTIONS');
  const asked = await request.fetch(`${run.portalUrl}/api/v1/payment-links`, { method: 'OPTIONS' });
  expect(asked.headers().allow).toBe('GET, HEAD, POST, OPTIONS');
  for (const path of ['/nothing/here', '']) {
    const nowhere = await house.api('GET', path);
    expect(nowhere.status()).toBe(404);
    expect(await nowhere.json()).toMatchObject({ code: 'not_found' });
  }
});

test('the ledger answers 200 with a page, 422 for a wrong interval, 405 for another method', async ({
  house,
}) => {
  const page = await house.api('GET', '/ledger?from=2026-01-01T00:00:00Z&limit=1');
  expect(page.status()).toBe(200);
  expect(await page.json()).toMatchObject({ data: expect.any(Array) });
  const wrong = await house.api('GET', '/ledger?from=yesterday');
  expect(wrong.status()).toBe(422);
  expect(await wrong.json()).toMatchObject({ code: 'invalid', errors: [{ path: 'from' }] });
  expect((await house.api('POST', '/ledger', {})).status()).toBe(405);
});
