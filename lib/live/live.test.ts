import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Watched } from '@/db/queries/live';
import { insertSession } from '@/db/queries/merchants';
import { ADMIN_URL_VARIABLE, asAdmin } from '@/db/testing';
import { endOwnSessions } from '../auth';
import { newId } from '../ids';
import { cancelPaymentLink } from '../payment-links';
import { changeRole, disableUser, switchButton } from '../team';
import { type TestHouse, testHouse } from '../testing';
import { SESSIONS, watchSession } from '.';
import { LiveReader } from './reader';
import { changeSession, newSessionRow } from './testing';

let house: TestHouse;
const statements: string[] = [];
beforeAll(async () => {
  house = await testHouse({ onStatement: (text) => statements.push(text) });
});
beforeEach(() => {
  statements.length = 0;
});
afterAll(() => house.close());

const looks = () => statements.filter((text) => text.includes('jsonb_to_recordset')).length;
const newSession = () => newSessionRow(house.as('owner'));
/** A listener that has heard of what there was when it came. */
async function listen(key: Watched) {
  const heard = vi.fn();
  const end = watchSession(house.services, key, heard);
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
  heard.mockClear();
  return { heard, end };
}

test('a change of a session, and one of its link, is told to those who look at it and to nobody else', async () => {
  const [one, other] = [await newSession(), await newSession()];
  const [first, second, bystander] = await Promise.all([listen(one), listen(one), listen(other)]);
  await changeSession(house.services.db, one.id);
  for (const { heard } of [first, second]) await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
  await cancelPaymentLink(house.as('owner'), one.link);
  await vi.waitFor(() => expect(first.heard).toHaveBeenCalledTimes(2));
  second.end();
  await changeSession(house.services.db, one.id);
  await vi.waitFor(() => expect(first.heard).toHaveBeenCalledTimes(3));
  expect(second.heard).toHaveBeenCalledTimes(2);
  expect(bystander.heard).not.toHaveBeenCalled();
  first.end();
  bystander.end();
});

test('what somebody may, and the end of their session, is told to them within a second, and to nobody else', async () => {
  const { services, merchantId } = house;
  const { id } = await newSession();
  const { actor } = house.as('agent');
  const user = actor.kind === 'user' ? actor.id : '';
  const session = newId('session');
  await insertSession(services.db, { id: session, merchantId, userId: user });
  const key = { merchantId, id };
  const [theirs, other] = [await listen({ ...key, user, session }), await listen(key)];
  const acts = [
    () => changeRole(house.as('owner'), user, { role: 'viewer' }),
    () => switchButton(house.as('owner'), user, false),
    () => endOwnSessions({ ...house.as('agent') }, { only: session }),
    () => disableUser(house.as('owner'), user),
  ];
  for (const [at, act] of acts.entries()) {
    expect(await act()).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(theirs.heard).toHaveBeenCalledTimes(at + 1), 1_000);
  }
  expect(other.heard).not.toHaveBeenCalled();
  theirs.end();
  other.end();
});

test('a change that is committed after later ones is told', async () => {
  const [late, early] = [await newSession(), await newSession()];
  const [lateOne, earlyOne] = await Promise.all([listen(late), listen(early)]);
  await house.services.db.transaction(async (tx) => {
    await changeSession(tx, late.id);
    await changeSession(house.services.db, early.id);
    await vi.waitFor(() => expect(earlyOne.heard).toHaveBeenCalledTimes(1));
    expect(lateOne.heard).not.toHaveBeenCalled();
  });
  await vi.waitFor(() => expect(lateOne.heard).toHaveBeenCalledTimes(1));
  lateOne.end();
  earlyOne.end();
});

test('many listeners cost one statement a look, and nobody costs none', async () => {
  const sessions = await Promise.all([1, 2, 3].map(newSession));
  const listeners = await Promise.all(
    Array.from({ length: 60 }, (_, i) => listen(sessions[i % 3] ?? { merchantId: 0, id: '' })),
  );
  const before = looks();
  await sleep(1_000);
  const during = looks() - before;
  expect(during).toBeGreaterThan(3);
  expect(during).toBeLessThanOrEqual(11);
  for (const { end } of listeners) end();
  await sleep(150);
  const after = looks();
  await sleep(300);
  expect(looks()).toBe(after);
});

test('a database that goes away loses no listener and no change, and is told of once', async () => {
  const warn = vi.fn();
  const services = { db: house.services.db, log: { ...house.services.log, warn } };
  const session = await newSession();
  const heard = vi.fn();
  const end = new LiveReader(services, SESSIONS).watch(session, heard);
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
  const [row] = await house.services.db.execute<{ name: string }>(sql`select current_database() as name`);
  const name = row?.name ?? '';
  await asAdmin(process.env[ADMIN_URL_VARIABLE] ?? '', async (run) => {
    await run(`alter database ${name} allow_connections false`);
    await run(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    await vi.waitFor(() => expect(warn).toHaveBeenCalled(), 5_000);
    await sleep(1_200);
    await run(`alter database ${name} allow_connections true`);
  });
  await changeSession(house.services.db, session.id);
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2), 5_000);
  expect(warn).toHaveBeenCalledTimes(1);
  end();
}, 20_000);
