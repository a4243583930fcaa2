import { expect, type House, run, test, uniqueReference } from './support';

type Batch = {
  id: string;
  status: string;
  rows: number;
  checkedRows: number;
  issuedRows: number;
  endedAt: string | null;
};

/** Sends a body as it stands, as a back end does. */
async function send(house: House, type: string, body: string, query = '', key?: string): Promise<Batch> {
  const answer = await house.request.post(`${run.portalUrl}/api/v1/payment-link-batches${query}`, {
    headers: {
      authorization: `Bearer ${run.apiKey}`,
      'content-type': type,
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    data: Buffer.from(body),
  });
  expect(answer.status(), await answer.text()).toBe(202);
  return answer.json();
}

/** Asks how far it is until it has ended: it never goes back, and never beyond its rows. */
async function followed(house: House, batch: Batch): Promise<Batch> {
  let seen = batch;
  await expect(async () => {
    const next: Batch = await (await house.api('GET', `/payment-link-batches/${batch.id}`)).json();
    expect(next.issuedRows).toBeGreaterThanOrEqual(seen.issuedRows);
    expect(next.checkedRows).toBeLessThanOrEqual(next.rows);
    seen = next;
    expect(next.endedAt).not.toBeNull();
  }).toPass({ timeout: 60_000, intervals: [200] });
  return seen;
}

const csvOf = async (house: House, query: string): Promise<string[][]> => {
  const text = await (await house.api('GET', `/exports/payment-links.csv?${query}`)).text();
  return text
    .split('\r\n')
    .slice(0, -1)
    .map((line) => line.split(','));
};

test('six hundred rows of JSON: progress to the end, wrong ones listed, the others links that can be paid', async ({
  house,
  page,
}) => {
  const name = uniqueReference();
  const rows = Array.from({ length: 600 }, (_, n) => ({
    amountMinor: n % 100 === 50 ? 0 : 1240 + n,
    currency: 'GBP',
    reference: `${name}-${n}`,
  }));
  const body = JSON.stringify(rows);
  const key = uniqueReference();
  const batch = await send(house, 'application/json', body, '', key);
  expect(batch).toMatchObject({ object: 'payment_link_batch', rows: 600, onError: 'list' });
  expect((await send(house, 'application/json', body, '', key)).id).toBe(batch.id);
  expect(await followed(house, batch)).toMatchObject({
    ...{ status: 'completed', checkedRows: 600, issuedRows: 594, refusedRows: 6 },
  });
  const errors = await (await house.api('GET', `/payment-link-batches/${batch.id}/errors?limit=4`)).json();
  expect(errors.data.map((error: { row: number; path: string }) => [error.row, error.path])).toEqual(
    [51, 151, 251, 351].map((row) => [row, 'amountMinor']),
  );
  const rest = await house.api('GET', `/payment-link-batches/${batch.id}/errors?cursor=${errors.nextCursor}`);
  expect(await rest.json()).toMatchObject({ data: [{ row: 451 }, { row: 551 }], nextCursor: null });
  const [header = [], ...lines] = await csvOf(house, `batch=${batch.id}`);
  expect(lines).toHaveLength(594);
  const url = lines[7]?.[header.indexOf('url')] ?? '';
  await page.goto(url);
  await expect(page.getByText(/£12|£18/).first()).toBeVisible();
});

test('CSV in any spelling of RFC 4180; with onError=refuse one wrong row issues nothing', async ({
  house,
}) => {
  const name = uniqueReference();
  const line = (n: number, currency = 'GBP') =>
    `${1000 + n},${currency},${name}-${n},"Hopper, ""Grace"" Ä",shelf ${n}`;
  const header = 'amountMinor,currency,reference,customer.name,metadata.shelf';
  const lines = Array.from({ length: 300 }, (_, n) => line(n));
  const wrong = await send(
    house,
    'text/csv',
    [header, ...lines, line(300, 'XXX')].join('\n'),
    '?onError=refuse',
  );
  expect(await followed(house, wrong)).toMatchObject({ status: 'refused', issuedRows: 0, refusedRows: 1 });
  expect(await csvOf(house, `q=${name}`)).toHaveLength(1);
  const right = await send(house, 'text/csv', [header, ...lines].join('\r\n'), '?onError=refuse');
  expect(await followed(house, right)).toMatchObject({ status: 'completed', issuedRows: 300 });
  const found = await (await house.api('GET', `/payment-links?reference=${name}-7`)).json();
  expect(found.data).toMatchObject([
    { amountMinor: 1007, customer: { name: 'Hopper, "Grace" Ä' }, metadata: { shelf: 'shelf 7' } },
  ]);
});

test("another merchant's batch is 404, and its links are in nobody else's export", async ({
  house,
  request,
}) => {
  const name = uniqueReference();
  const batch = await send(
    house,
    'application/json',
    JSON.stringify([{ amountMinor: 1, currency: 'GBP', reference: name }]),
  );
  await followed(house, batch);
  const headers = { authorization: `Bearer ${run.otherMerchant.apiKey}` };
  for (const path of ['', '/errors']) {
    const answer = await request.get(`${run.portalUrl}/api/v1/payment-link-batches/${batch.id}${path}`, {
      headers,
    });
    expect(answer.status()).toBe(404);
  }
  const theirs = await request.get(`${run.portalUrl}/api/v1/exports/payment-links.csv`, { headers });
  expect(await theirs.text()).not.toContain(name);
});
