import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { cancelPaymentLink, exportChosenLinks, readLinkHistory } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { listBulkActs, listLeftLinks, prepareBulkAct, readBulkAct, startBulkAct, stopBulkAct } from '.';
import { BulkTales } from './testing';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());
const tales = new BulkTales(() => house);
const statuses = async (ids: string[]) => Promise.all(ids.map(async (id) => (await tales.read(id)).status));
const noted = (action: string, subject: string) => house.database.sql`
  select data from audit_entries where action = ${action} and subject = ${subject}`;

test('what somebody was shown and confirmed is canceled, with its event and its reason; what came later is not', async () => {
  const ids = await tales.many(3, 'sale');
  const prepared = await prepareBulkAct(house.as('agent'), { act: 'cancel', filter: { reference: 'sale' } });
  expect(prepared).toMatchObject({
    value: { links: 3, asked: [{ currency: 'GBP', amountMinor: 3720, links: 3 }] },
  });
  const id = prepared.ok ? prepared.value.id : '';
  expect(await readBulkAct(house.as('owner'), id)).toMatchObject({ error: { code: 'not_found' } });
  const later = await tales.many(1, 'sale');
  for (let presses = 0; presses < 2; presses++)
    expect(await startBulkAct(house.as('agent'), id, { reason: 'The sale is off' })).toMatchObject({
      value: { state: 'waiting', startsInSeconds: 10, done: 0 },
    });
  expect(await listBulkActs(house.as('viewer'))).toMatchObject({ value: [{ id }] });
  expect(await listBulkActs(house.stranger)).toEqual({ ok: true, value: [] });
  await tales.run(id);
  expect(await statuses(ids)).toEqual(['active', 'active', 'active']);
  expect(await tales.ended(id)).toMatchObject({ state: 'completed', links: 3, done: 3, left: 0 });
  expect(await statuses([...ids, ...later])).toEqual(['canceled', 'canceled', 'canceled', 'active']);
  expect(await tales.typesOf(ids[0] ?? '')).toContain('payment_link.canceled');
  expect(await noted('payment_link.cancel', ids[0] ?? '')).toEqual([
    { data: { reason: 'The sale is off', bulkAct: id } },
  ]);
  expect(await noted('bulk_act.start', id)).toHaveLength(1);
});

test('a link that is being paid is left and told, as are those that there is nothing to cancel of', async () => {
  const ids = await tales.many(4, 'busy');
  const [paying = '', paid = '', gone = ''] = ids;
  await tales.submitted(paying);
  await tales.pay(paid);
  await cancelPaymentLink(house.as('owner'), gone);
  const id = await tales.canceling({ links: ids });
  expect(await tales.ended(id)).toMatchObject({ state: 'completed', done: 1, left: 3 });
  expect(await statuses(ids)).toEqual(['processing', 'paid', 'canceled', 'canceled']);
  const left = await tales.leftOf(id);
  expect(left.map((one) => one.paymentLink)).toEqual([paying, paid, gone]);
  expect(left.map((one) => one.message)).toEqual([
    'This link is being paid right now. Look at it, and cancel it there.',
    'This link is paid. It can be refunded, not canceled.',
    'This link was canceled before.',
  ]);
});

test('links are sent again by the channel chosen, each once; those without an address for it are left', async () => {
  const ids = await tales.many(2, 'again');
  const mute = await tales.issued({ customer: { email: 'kim@example.test' } });
  const id = await tales.prepared({ act: 'send', links: [...ids, mute.id, ...ids] });
  expect(await startBulkAct(house.as('agent'), id, {})).toMatchObject({ error: { code: 'invalid' } });
  await startBulkAct(house.as('agent'), id, { channel: 'sms' });
  expect(await tales.ended(id)).toMatchObject({ links: 3, done: 2, left: 1 });
  const histories = await Promise.all(ids.map((one) => readLinkHistory(house.as('owner'), one)));
  const messages = histories.flatMap((one) =>
    one.ok ? one.value.messages.map((message) => message.id) : [],
  );
  const priorities = await house.database.sql`
    select distinct priority from graphile_worker._private_jobs
    where payload->>'message' in ${house.database.sql(messages)}`;
  expect(priorities).toEqual([{ priority: 10 }]);
  expect(await tales.leftOf(id)).toMatchObject([{ paymentLink: mute.id, customer: 'kim@example.test' }]);
  const sent = await house.services.db.execute(
    sql`select channel from messages where template = 'payment_request'`,
  );
  expect(sent).toEqual([{ channel: 'sms' }, { channel: 'sms' }]);
  for (const link of ids) expect(await noted('payment_link.send', link)).toHaveLength(1);
});

test('undone in its time of grace nothing is done, whatever the worker has been told; stopped, the rest is not', async () => {
  const ids = await tales.many(2, 'undo');
  const undone = await tales.canceling({ links: ids });
  for (let presses = 0; presses < 2; presses++)
    expect(await stopBulkAct(house.as('agent'), undone)).toMatchObject({ value: { state: 'undone' } });
  expect(await tales.ended(undone)).toMatchObject({ state: 'undone', done: 0 });
  const stopped = await tales.canceling({ links: ids });
  await setClock(house.services.db, 11);
  await tales.run(stopped, -1);
  expect(await tales.standing(stopped)).toMatchObject({ state: 'running' });
  expect(await stopBulkAct(house.as('owner'), stopped)).toMatchObject({ value: { state: 'stopped' } });
  expect(await tales.ended(stopped)).toMatchObject({ state: 'stopped', done: 0 });
  expect(await statuses(ids)).toEqual(['active', 'active']);
  expect([
    (await noted('bulk_act.undo', undone)).length,
    (await noted('bulk_act.stop', stopped)).length,
  ]).toEqual([1, 1]);
});

test('links that were chosen are exported in their order; with one among them that is another merchant’s, none is', async () => {
  const ids = await tales.many(2, 'file');
  const links = [...ids].reverse().join(',');
  const file = await exportChosenLinks(house.as('viewer'), { links });
  let text = '';
  if (file.ok) for await (const piece of file.value) text += piece;
  const [, ...rows] = text.trimEnd().split('\r\n');
  expect(rows.map((row) => row.slice(0, row.indexOf(',')))).toEqual([...ids].reverse());
  const foreign = await exportChosenLinks(house.stranger, { links });
  expect(foreign).toMatchObject({ error: { code: 'not_found' } });
});

test('of what somebody prepares and leaves only the newest is kept, and what others prepared or was confirmed stays', async () => {
  const links = await tales.many(2, 'left');
  const others = await tales.prepared({ act: 'send', links }, house.as('owner'));
  const begun = await tales.canceling({ links });
  const ids: string[] = [];
  for (let n = 0; n < 7; n++) ids.push(await tales.prepared({ act: 'cancel', links }));
  const start = (id: string) =>
    startBulkAct(house.as('agent'), id, { reason: 'The sale is off', channel: 'email' });
  expect(await start(ids[1] ?? '')).toMatchObject({ error: { code: 'not_found' } });
  for (const id of [ids[2] ?? '', ids[6] ?? '', others])
    expect(await start(id)).toMatchObject({ value: { state: 'waiting', links: 2 } });
  for (const id of [begun, ids[2] ?? '', ids[6] ?? '', others])
    expect(await stopBulkAct(house.as('agent'), id)).toMatchObject({ value: { state: 'undone' } });
});

test('what was counted more than an hour ago is not confirmed: it is to be counted anew', async () => {
  const ids = await tales.many(1, 'yesterday');
  const prepared = await prepareBulkAct(house.as('owner'), { act: 'cancel', links: ids });
  const id = prepared.ok ? prepared.value.id : '';
  await house.database
    .sql`update bulk_acts set created_at = created_at - interval '61 minutes' where state = 'prepared'`;
  expect(await startBulkAct(house.as('owner'), id, { reason: 'Late' })).toMatchObject({
    error: { code: 'conflict' },
  });
  expect(await noted('bulk_act.start', id)).toEqual([]);
});

test('once whoever asked is shut out, not one more link is touched, also in the middle of the work', async () => {
  const ids = await tales.many(3, 'shut');
  const id = await tales.canceling({ links: ids });
  await house.services.db.execute(sql`
    create function shut_out() returns trigger language plpgsql as $$ begin
      update users set disabled_at = cf_now() where role = 'agent'; return null; end $$`);
  await house.services.db.execute(sql`create trigger shut_out after update on bulk_act_links
    for each row when (new.place = 1) execute function shut_out()`);
  try {
    expect(await tales.ended(id)).toMatchObject({ state: 'stopped', done: 1, left: 0 });
    expect(await statuses(ids)).toEqual(['canceled', 'active', 'active']);
  } finally {
    await house.services.db.execute(sql`drop function shut_out cascade`);
    await house.services.db.execute(sql`update users set disabled_at = null where role = 'agent'`);
  }
});

test('it is judged who asks, and again who asked: a role too low, another merchant, a machine, no fresh proof', async () => {
  const links = await tales.many(1, 'who');
  const refused = async (outcome: Promise<unknown>, code: string) =>
    expect(await outcome).toMatchObject({ ok: false, error: { code } });
  await refused(prepareBulkAct(house.as('viewer'), { act: 'send', links }), 'forbidden');
  await refused(prepareBulkAct(house.as('api'), { act: 'send', links }), 'forbidden');
  await refused(prepareBulkAct(house.stranger, { act: 'cancel', links }), 'not_found');
  const filter = { reference: 'who' };
  await refused(prepareBulkAct(house.stranger, { act: 'cancel', filter }), 'not_found');
  const id = await tales.prepared({ act: 'cancel', links });
  const reason = 'No longer owed';
  await refused(startBulkAct(house.as('api'), id, { reason }), 'forbidden');
  await refused(startBulkAct(house.stranger, id, { reason }), 'not_found');
  await refused(startBulkAct(house.as('viewer'), id, { reason }), 'forbidden');
  await refused(startBulkAct(house.as('agent'), id, { reason: '4242424242424242' }), 'card_number_refused');
  await refused(stopBulkAct(house.stranger, id), 'not_found');
  await refused(listLeftLinks(house.stranger, id, {}), 'not_found');
  await house.services.db.execute(sql`update bulk_acts set links = 101`);
  const { actor } = house.as('agent');
  const stale = { ...house.as('agent'), actor: { ...actor, verified: false } as typeof actor };
  await refused(startBulkAct(stale, id, { reason }), 'step_up_required');
  expect(await startBulkAct(house.as('agent'), id, { reason })).toMatchObject({ ok: true });
  await house.services.db.execute(sql`update users set disabled_at = cf_now() where role = 'agent'`);
  expect(await tales.ended(id)).toMatchObject({ state: 'stopped', done: 0 });
  expect(await statuses(links)).toEqual(['active']);
});
