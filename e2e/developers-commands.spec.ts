import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { Shell } from './shell';
import {
  APPROVED,
  expect,
  expectState,
  type House,
  pay,
  type Received,
  run,
  test,
  uniqueReference,
} from './support';

const PAGES = `${run.portalUrl}/developers`;
let shell: Shell;
test.afterEach(() => shell.close());

/** What a developer would copy from a page. */
async function shownOn(page: Page, address: string): Promise<Map<string, string>> {
  await page.goto(address);
  const blocks = await page.locator('pre[data-example]').all();
  const entries = blocks.map(
    async (block): Promise<[string, string]> => [
      (await block.getAttribute('data-example')) ?? '',
      (await block.textContent()) ?? '',
    ],
  );
  return new Map(await Promise.all(entries));
}
const runner = (blocks: Map<string, string>) => (id: string) => {
  const text = blocks.get(id);
  if (!text) throw new Error(`the page shows no ${id}`);
  return shell.run(text);
};
const lastJson = (text: string) => JSON.parse(text.slice(text.indexOf('{')));

test('the first payment: the commands of the page issue a link, see it paid, tell its events and refund it', async ({
  page,
  house,
}) => {
  shell = new Shell();
  const step = runner(await shownOn(page, PAGES));
  await step('start-key');
  await step('start-issue');
  const link = JSON.parse(readFileSync(path.join(shell.folder, 'link.json'), 'utf8'));
  expect(link).toMatchObject({ object: 'payment_link', status: 'active', amountMinor: 1240 });
  await page.goto(link.url);
  await pay(page, APPROVED);
  await expectState(page, 'paid');
  expect(lastJson(await step('start-read'))).toMatchObject({ id: link.id, status: 'paid' });
  const events: { type: string }[] = lastJson(await step('start-events')).data;
  expect(events.map(({ type }) => type)).toContain('payment_link.paid');
  expect(lastJson(await step('start-refund'))).toMatchObject({ object: 'refund', amountMinor: 500 });
  await expect.poll(async () => (await house.link(link.id)).status).toBe('partially_refunded');
});

test('webhooks: the commands of the page register an endpoint, whose receiver verifies what comes', async ({
  page,
  house,
}) => {
  shell = new Shell();
  await runner(await shownOn(page, PAGES))('start-key');
  const step = runner(await shownOn(page, `${PAGES}/webhooks`));
  await step('webhooks-register');
  const endpoint = JSON.parse(readFileSync(path.join(shell.folder, 'endpoint.json'), 'utf8'));
  expect(endpoint.secret).toMatch(/^whsec_/);
  const ping = lastJson(await step('webhooks-ping'));
  await expect
    .poll(async () => lastJson(await step('webhooks-log')).data[0])
    .toMatchObject({ id: ping.id, state: 'succeeded' });
  const received = await house.control<Received>('receiver/mine');
  const one = received.find(({ headers }) => headers['webhook-id'] === ping.event);
  expect(one).toMatchObject({ verified: true, body: { type: 'test.ping' } });
  expect(lastJson(await step('webhooks-feed')).data.length).toBeGreaterThan(0);
  await house.request.delete(`${run.portalUrl}/api/v1/webhook-endpoints/${endpoint.id}`, {
    headers: { authorization: `Bearer ${run.apiKey}` },
  });
});

test('tokens, idempotency, pages and rate limits: their commands show what the pages say', async ({
  page,
}) => {
  shell = new Shell();
  await runner(await shownOn(page, PAGES))('start-key');
  const token = lastJson(await runner(await shownOn(page, `${PAGES}/authentication`))('token'));
  expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'payment_links:read' });
  const twice = await runner(await shownOn(page, `${PAGES}/idempotency`))('idempotency');
  const ids = [...twice.matchAll(/"id":"(plink_\w+)"/g)].map((match) => match[1]);
  expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  expect(twice.toLowerCase()).toContain('idempotency-replayed: true');
  const walked = await runner(await shownOn(page, `${PAGES}/pagination`))('pagination');
  expect(walked).toMatch(/^\d+ links/m);
  const told = await runner(await shownOn(page, `${PAGES}/rate-limits`))('rate-limits');
  expect(told.toLowerCase()).toMatch(/ratelimit-limit: 100\r?\nratelimit-remaining: \d+/);
});

type Described = Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;

/** The status with which each operation goes well. */
async function goodStatuses(house: House): Promise<Map<string, number>> {
  const document = await (await house.request.get(`${run.portalUrl}/api/v1/openapi.json`)).json();
  const operations = Object.values(document.paths as Described).flatMap((one) => Object.values(one));
  return new Map(
    operations.map(({ operationId, responses }) => [
      operationId,
      Number(Object.keys(responses).find((status) => Number(status) < 400)),
    ]),
  );
}

/** A fresh object of each kind whose id stands in a path. */
function makers(house: House, paid: string): Record<string, () => Promise<string>> {
  const issue = () => house.issue({ customer: { email: 'ada@example.com' } });
  const posted = async (path: string, data?: unknown): Promise<string> =>
    (await (await house.api('POST', path, data)).json()).id;
  const endpoint = () => posted('/webhook-endpoints', { url: `${run.sandboxUrl}/receiver/${RECEIVER}` });
  return {
    plink: async () => (await issue()).id,
    plb: () => posted('/payment-link-batches', [{ amountMinor: 1240, currency: 'GBP' }]),
    sess: () =>
      posted('/payment-sessions', {
        ...{ kind: 'digital', agent: 'Sam', amountMinor: 1240, currency: 'GBP' },
        customer: { email: 'ada@example.com' },
      }),
    re: () => posted('/refunds', { paymentLink: paid, amountMinor: 1 }),
    we: endpoint,
    dlv: async () => posted(`/webhook-endpoints/${await endpoint()}/ping`),
    evt: async () => {
      const { id } = await issue();
      return (await (await house.api('GET', `/payment-links/${id}/events`)).json()).data[0].id;
    },
    req: async () => {
      const id = (await house.api('GET', '/ledger?limit=1')).headers()['request-id'] ?? '';
      await expect.poll(async () => (await house.api('GET', `/api-requests/${id}`)).status()).toBe(200);
      return id;
    },
  };
}

const RECEIVER = `reference-${uniqueReference()}`;
/** Takes away the endpoints that the examples have made: a merchant may have only so many. */
async function removeEndpoints(house: House): Promise<void> {
  const { data } = await (await house.api('GET', '/webhook-endpoints?limit=100')).json();
  for (const { id, url } of data as { id: string; url: string | null }[])
    if (url?.endsWith(RECEIVER))
      await house.request.delete(`${run.portalUrl}/api/v1/webhook-endpoints/${id}`, {
        headers: { authorization: `Bearer ${run.apiKey}` },
      });
}

/** No link is locked by being issued, and nothing is keyed on a session that sent one. */
const REFUSED: Record<string, number> = {
  unlockPaymentLink: 409,
  requestSessionField: 409,
  submitPaymentSession: 409,
};

test('every example of the reference runs as it is shown', async ({ page, house }) => {
  test.setTimeout(180_000);
  const paid = await house.issue();
  await page.goto(paid.url);
  await pay(page, APPROVED);
  await expectState(page, 'paid');
  const make = makers(house, paid.id);
  const wanted = await goodStatuses(house);
  await page.goto(`${PAGES}/reference`);
  const hrefs = await page
    .getByRole('main')
    .getByRole('link')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
  const addresses = new Set(hrefs.filter((href) => href.includes('#')).map((href) => href.split('#')[0]));
  shell = new Shell({ tellsStatus: true });
  const { clientId, clientSecret } = run.oauth;
  await shell.run(`export API=${run.portalUrl}/api/v1 KEY=${run.apiKey} LINK=${paid.id} CLIENT=${clientId}:${clientSecret}
export SINCE=${new Date(Date.now() - 60_000).toISOString()}`);
  const answered: Record<string, string> = {};
  for (const address of addresses)
    for (const [id, text] of await shownOn(page, `${run.portalUrl}${address}`)) {
      const kind = /^# \$ID: (\w+)_…/.exec(text)?.[1];
      const made = kind && make[kind];
      if (kind && !made) throw new Error(`${id}: nothing makes a ${kind}_ to try it on`);
      await shell.run(`export ID=${made ? await made() : ''} HOOK=${run.sandboxUrl}/receiver/${RECEIVER}`);
      const printed = await shell.run(text);
      const status = printed.slice(printed.lastIndexOf('\n') + 1);
      if (Number(status) !== (REFUSED[id] ?? wanted.get(id))) answered[id] = printed.slice(-400);
      wanted.delete(id);
    }
  await removeEndpoints(house);
  expect(answered).toEqual({});
  expect([...wanted.keys()]).toEqual([]);
});
