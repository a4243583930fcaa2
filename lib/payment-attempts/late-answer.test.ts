import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  books,
  control,
  fault,
  historyOf,
  issue,
  type MoneyHouse,
  moneyHouse,
  submit,
  truth,
  unwrap,
} from '../gateways/testing';
import { resolveAttempt } from '.';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
  house.switches.keep = true;
});
afterAll(() => house.close());

/** A card was charged, and the answer of the gateway is still on its way from the card process to us. */
async function answered({ capture = false } = {}) {
  const link = await issue(house);
  const tried = await submit(house, link);
  tried.grant.capture = capture;
  const answer = await tried.send();
  const tell = async () => unwrap(await tried.record(answer)).state;
  return { link, attempt: tried.attempt, tell };
}
const read = async (attempt: string) => unwrap(await resolveAttempt(house.as('system'), attempt));
const typesOf = async (link: string) => (await historyOf(house, link)).events.map(({ type }) => type);
const jobsOf = async (attempt: string) =>
  (await house.database.sql`select key from graphile_worker.jobs where key like ${`%${attempt}`}`).map(
    ({ key }) => String(key).split(':')[0],
  );

test('an answer that was overtaken by the end of its hold opens nothing again', async () => {
  const { link, attempt, tell } = await answered();
  await control(house, 'POST', 'gateway/void', { reference: attempt });
  expect(await read(attempt)).toBe('voided');
  const before = await typesOf(link);
  expect(await tell()).toBe('voided');
  expect(await typesOf(link)).toEqual(before);
  expect(await jobsOf(attempt)).not.toContain('reverse');
  expect((await books(house, link)).link).toMatchObject({ status: 'active', capturedMinor: 0 });
});

test('money that is there all the same is a fact, however late its answer', async () => {
  const { link, attempt, tell } = await answered({ capture: true });
  await house.database.sql`update payment_attempts set state = 'abandoned', ended_at = cf_now()
    where state = 'submitted'`;
  await house.database.sql`update payment_links set access = 'active', held_minor = 0 where held_minor > 0`;
  expect(await tell()).toBe('succeeded');
  expect(await truth(house, attempt)).toEqual(['payment captured 1240']);
  expect((await books(house, link)).link).toMatchObject({ status: 'paid', capturedMinor: 1240 });
});

test('a link that was locked meanwhile is locked again when money that was held late is let go', async () => {
  const { link, attempt, tell } = await answered();
  await house.database.sql`update payment_attempts set state = 'abandoned', ended_at = cf_now()
    where state = 'submitted'`;
  await house.database.sql`update payment_links set access = 'locked', held_minor = 0 where held_minor > 0`;
  expect(await tell()).toBe('authorized');
  expect((await books(house, link)).link).toMatchObject({ status: 'processing' });
  await control(house, 'POST', 'gateway/void', { reference: attempt });
  expect(await read(attempt)).toBe('voided');
  expect((await books(house, link)).link).toMatchObject({ status: 'locked', capturedMinor: 0 });
});

test('where the gateway cannot be read the answer counts, and the gateway is read again', async () => {
  const { attempt, tell } = await answered();
  await control(house, 'POST', 'gateway/void', { reference: attempt });
  await read(attempt);
  await house.database.sql`update payment_attempts set state = 'failed' where state = 'voided'`;
  await fault(house, 'read', 'reset_before', attempt);
  expect(await tell()).toBe('authorized');
  expect(await jobsOf(attempt)).toContain('resolve');
  expect(await read(attempt)).toBe('voided');
});
