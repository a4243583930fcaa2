import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { type CardFacts, type GatewayResult, MAX_STARTS_PER_HOUR } from '@/core/payment-attempt';
import { listOpenAlerts } from '@/db/queries/alerts';
import { setClock } from '@/db/testing';
import { errorText } from '../log';
import { createPaymentLink, listPaymentLinks, readLinkHistory } from '../payment-links';
import { expireLinks, reviveAttempts } from '../sweep';
import { type TestHouse, testHouse } from '../testing';
import {
  recordAttemptResult,
  resolveAttempt,
  startPaymentAttempt,
  submitPaymentAttempt,
  withdrawPaymentAttempt,
} from './index';

const CARD: CardFacts = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 };
const NOT_SENT: GatewayResult = { kind: 'failed', reason: 'not_sent' };

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

async function issue(input: object = {}, on = house): Promise<string> {
  const issued = await createPaymentLink(on.as('agent'), { amountMinor: 1240, currency: 'GBP', ...input });
  if (!issued.ok) throw new Error(issued.error.message);
  return issued.value.id;
}
async function start(link: string, on = house): Promise<string> {
  const started = await startPaymentAttempt(on.as('payer'), link);
  if (!started.ok) throw new Error(started.error.code);
  return started.value.attempt;
}
const call = (attempt: string) => ({ attempt, amountMinor: 1240, currency: 'GBP' });
const submit = (attempt: string, on = house) =>
  submitPaymentAttempt(on.as('payer'), { ...call(attempt), card: CARD });
const record = (attempt: string, result: GatewayResult) =>
  recordAttemptResult(house.as('payer'), { ...call(attempt), result });
const later = (link: string) =>
  house.services.db.execute(
    sql`update payment_attempts set submitted_at = submitted_at - interval '5 seconds' where payment_link_id = ${uuidFromId('paymentLink', link)}::uuid`,
  );
async function historyOf(link: string) {
  const read = await readLinkHistory(house.as('owner'), link);
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
}

test('a try refused for a limit and new presses of Pay at the same moment never stand in each other’s way', async () => {
  for (let i = 0; i < 15; i++) {
    const link = await issue();
    const first = await start(link);
    await submit(first);
    await record(first, NOT_SENT);
    const second = await start(link);
    const presses = Array.from({ length: 4 }, () => startPaymentAttempt(house.as('payer'), link));
    const ended = await Promise.allSettled([submit(second), ...presses]);
    expect(ended.filter((one) => one.status === 'rejected')).toEqual([]);
  }
}, 60_000);

test('tries that were provably not sent use nothing up: the sixth is let through', async () => {
  const link = await issue();
  for (let i = 0; i < 5; i++) {
    const attempt = await start(link);
    expect((await submit(attempt)).ok).toBe(true);
    await record(attempt, NOT_SENT);
    await later(link);
  }
  expect((await submit(await start(link))).ok).toBe(true);
});

test('a link that can take no further card is locked, so that staff see it', async () => {
  const link = await issue();
  for (const last4 of ['0001', '0002', '0003', '0004']) {
    const attempt = await start(link);
    const submitted = await submitPaymentAttempt(house.as('payer'), {
      ...call(attempt),
      card: { ...CARD, last4 },
    });
    expect(submitted.ok).toBe(last4 !== '0004');
    if (submitted.ok) await record(attempt, { kind: 'declined', declineCode: 'do_not_honor' });
    await later(link);
  }
  const { link: after, events } = await historyOf(link);
  expect(after.status).toBe('locked');
  expect(events.at(-1)?.type).toBe('payment_link.locked');
});

test('who presses Pay without end is stopped before rows pile up, and another link is untouched', async () => {
  const link = await issue();
  for (let i = 0; i < MAX_STARTS_PER_HOUR; i++) await start(link);
  expect(await startPaymentAttempt(house.as('payer'), link)).toMatchObject({
    error: { code: 'too_many_starts' },
  });
  await start(await issue());
});

test('the clock is read under the lock: who waited past the end of a link cannot begin to pay', async () => {
  const own = await testHouse();
  const other = postgres(own.database.url, { max: 1 });
  try {
    const link = await issue({ expiresInSeconds: 3600 }, own);
    const holder = await other.reserve();
    await holder`begin`;
    await holder`select 1 from payment_links where id = ${uuidFromId('paymentLink', link)}::uuid for update`;
    const pressed = startPaymentAttempt(own.as('payer'), link);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await setClock(own.services.db, 3700);
    await holder`rollback`;
    holder.release();
    expect(await pressed).toMatchObject({ ok: false, error: { code: 'link_expired' } });
  } finally {
    await other.end();
    await own.close();
  }
});

test('a row held by a process that vanished delays its own payers only for a moment, and nobody else', async () => {
  const own = await testHouse({ max: 3 });
  const other = postgres(own.database.url, { max: 1 });
  try {
    const link = await issue({}, own);
    const holder = await other.reserve();
    await holder`begin`;
    await holder`select 1 from payment_links where id = ${uuidFromId('paymentLink', link)}::uuid for update`;
    const presses = Array.from({ length: 3 }, () => startPaymentAttempt(own.as('payer'), link));
    const ended = await Promise.allSettled(presses);
    expect(ended.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect((await listPaymentLinks(own.as('agent'), {})).ok).toBe(true);
    await holder`rollback`;
    holder.release();
    expect((await startPaymentAttempt(own.as('payer'), link)).ok).toBe(true);
  } finally {
    await other.end();
    await own.close();
  }
});

test('an attempt taken back is never submitted; one that was submitted is not taken back', async () => {
  const link = await issue();
  const first = await start(link);
  expect(await withdrawPaymentAttempt(house.as('payer'), first)).toEqual({ ok: true, value: true });
  expect(await submit(first)).toMatchObject({ error: { code: 'attempt_superseded' } });
  const second = await start(link);
  expect((await submit(second)).ok).toBe(true);
  expect(await withdrawPaymentAttempt(house.as('payer'), second)).toEqual({ ok: true, value: false });
  expect((await historyOf(link)).link.status).toBe('processing');
});

test('a late report never turns a bank check back into an open question', async () => {
  const attempt = await start(await issue());
  await submit(attempt);
  const challenge = { gatewayReference: 'gw_1', challengeUrl: 'http://bank.example/', card: CARD };
  await record(attempt, { kind: 'requires_action', ...challenge });
  expect(await record(attempt, { kind: 'unknown', reason: 'timeout' })).toMatchObject({
    value: { state: 'requires_action' },
  });
});

test('a key of link addresses that was taken away stops neither money nor lists nor the end of other links', async () => {
  const own = await testHouse();
  try {
    const link = await issue({ expiresInSeconds: 60 }, own);
    const attempt = await start(await issue({}, own), own);
    await submit(attempt, own);
    own.services.config.linkTokenKeys = { signing: 2, byId: new Map([[2, randomBytes(32)]]) };
    const result: GatewayResult = {
      kind: 'authorized',
      captured: true,
      gatewayReference: 'gw_2',
      card: CARD,
    };
    const paid = await recordAttemptResult(own.as('payer'), { ...call(attempt), result });
    expect(paid).toMatchObject({ ok: true, value: { state: 'succeeded' } });
    await setClock(own.services.db, 120);
    expect(await expireLinks(own.services, 'req_test', 1000)).toBe(1);
    const listed = await listPaymentLinks(own.as('viewer'), {});
    expect(listed).toMatchObject({ ok: true, value: { data: [{ status: 'paid' }, { id: link }] } });
  } finally {
    await own.close();
  }
});

test('money under a try that was declined is given back, and an operator is told', async () => {
  const attempt = await start(await issue());
  await submit(attempt);
  await record(attempt, { kind: 'declined', declineCode: 'do_not_honor' });
  const paid = { kind: 'authorized', captured: true, gatewayReference: 'gw_3', card: CARD } as const;
  expect(await record(attempt, paid)).toMatchObject({ value: { state: 'declined' } });
  const alerts = await listOpenAlerts(house.services.db, house.merchantId, 10);
  expect(alerts).toMatchObject([{ kind: 'duplicate_charge', subject: attempt }]);
  expect(await jobOf(`reverse:${attempt}`)).toBeDefined();
});

const jobOf = async (key: string) =>
  (
    await house.services.db.execute<{ seconds: string }>(
      sql`select extract(epoch from run_at - clock_timestamp()) as seconds from graphile_worker.jobs where key = ${key}`,
    )
  )[0];

test('a payer who asks again and again does not put off our own next read', async () => {
  const attempt = await start(await issue());
  await submit(attempt);
  for (let i = 0; i < 70; i++) {
    await setClock(house.services.db, 2 * i);
    await resolveAttempt(house.as('payer'), attempt);
  }
  await setClock(house.services.db, 0);
  expect(Number((await jobOf(`resolve:${attempt}`))?.seconds)).toBeLessThan(60);
});

test('a read that the queue would put off for an hour after faults is done soon', async () => {
  const attempt = await start(await issue());
  await submit(attempt);
  await house.services.db.execute(sql`update graphile_worker._private_jobs
    set attempts = 8, last_error = 'disk full', run_at = clock_timestamp() + interval '50 minutes'
    where key = ${`resolve:${attempt}`}`);
  await reviveAttempts(house.services);
  expect(Number((await jobOf(`resolve:${attempt}`))?.seconds)).toBeLessThan(60);
});

test('what an exception of the database tells in a log holds nothing that was written', async () => {
  const written = sql`insert into users (email) values (${'ada@example.test'})`;
  const text = await Promise.resolve(house.services.db.execute(written)).then(String, errorText);
  expect(text).toContain('23502');
  expect(text).not.toContain('ada@');
});

test.each([
  ['NUL in metadata', { metadata: { note: 'a\0b' } }, 'metadata.note'],
  ['half a character', { description: 'x\ud800' }, 'description'],
  [
    'items whose sum only fits without exactness',
    {
      amountMinor: 500_032,
      lineItems: [
        { description: 'a', quantity: 999_983, unitAmountMinor: 999_999_999_989 },
        { description: 'b', quantity: 999_983, unitAmountMinor: -999_999_999_989 },
        { description: 'c', quantity: 1, unitAmountMinor: 499_998 },
      ],
    },
    'lineItems',
  ],
])('%s is refused by name', async (_what, more, path) => {
  const outcome = await createPaymentLink(house.as('owner'), { amountMinor: 1, currency: 'GBP', ...more });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'invalid', errors: [{ path }] } });
});
