import { afterAll, beforeAll, expect, test } from 'vitest';
import { setClock, type TestDatabase, testDatabase } from '@/db/testing';
import { receiveWebhook } from './receive';
import { newWebhookSecret, webhookHeaders } from './sign';

/** What the clock of this machine lags behind the database's. */
const AHEAD_SECONDS = 72 * 3_600;
const secret = newWebhookSecret();
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await setClock(database.db, AHEAD_SECONDS);
});
afterAll(() => database.close());

const incoming = (body: string, headers: Record<string, string>) =>
  receiveWebhook(
    database,
    new Request('http://localhost/', { method: 'POST', body, headers }),
    `${newWebhookSecret()},${secret}`,
  );
const aged = (seconds: number) => new Date(Date.now() + (AHEAD_SECONDS + seconds) * 1000);

test('an incoming report is taken only with a signature of the last five minutes of the database’s clock, by either secret', async () => {
  const sign = (at: Date) => webhookHeaders(secret, 'x', '{}', at);
  expect(await incoming('{}', sign(aged(0)))).toEqual({ ok: true, json: {} });
  expect(await incoming('{}', sign(aged(-290)))).toMatchObject({ ok: true });
  for (const at of [aged(-310), aged(310)])
    expect(await incoming('{}', sign(at))).toEqual({ ok: false, status: 401 });
  expect(await incoming('{ }', sign(aged(0)))).toEqual({ ok: false, status: 401 });
  expect(await incoming('{}', {})).toEqual({ ok: false, status: 401 });
});

test('an incoming report is judged by its bytes before it is parsed, and never read past 256 kB', async () => {
  expect(await incoming('{', webhookHeaders(secret, 'x', '{', aged(0)))).toEqual({ ok: false, status: 400 });
  expect(await incoming('x'.repeat(262_145), {})).toEqual({ ok: false, status: 413 });
});
