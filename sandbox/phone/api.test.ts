import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../server';
import { caller, dataOf, fresh, testDirectory, testEnv, until } from '../testing';
import { phoneBox } from './testing';

let line: Awaited<ReturnType<typeof phoneBox>>;
beforeAll(async () => {
  line = await phoneBox();
});
afterAll(() => line.stop());

test('only the portal with its key asks for calls, and without keys there is no telephone', async () => {
  const id = await line.open();
  expect((await line.box.call('GET', `/telephony/calls/${id}`)).status).toBe(401);
  const { path, remove } = await testDirectory();
  const env = { ...testEnv(path), telephonyKey: null, telephonySecret: null };
  const without = await startSandbox(env, () => undefined);
  const call = caller(without.port);
  for (const address of ['/telephony/calls', '/phone', '/control/phone/calls'])
    expect((await call('GET', address)).status).toBe(404);
  expect(String((await call('GET', '/')).body.text)).not.toContain('href="/phone"');
  await without.stop();
  await remove();
});

test("an agent's active calls are found, newest first, and each by its id", async () => {
  const agent = fresh('agent');
  const first = await line.open({ agent, direction: 'outbound', recordings: 2 });
  const second = await line.open({ agent, customerPhone: null, recorded: false });
  const over = await line.open({ agent });
  await line.control('POST', `/${over}/hang-up`, { by: 'unknown' });
  const found = dataOf(await line.api('GET', `?agent=${agent}`));
  expect(found.map(({ id }) => id)).toEqual([second, first]);
  expect(found[0]).toMatchObject({ direction: 'inbound', customerPhone: null, recordings: [] });
  expect((await line.api('GET', `/${first}`)).body).toMatchObject({
    id: first,
    leg: expect.stringMatching(/^leg_/),
    direction: 'outbound',
    state: 'active',
    endedBy: null,
    agent,
    customerPhone: '+447700900123',
    onHold: false,
    secured: null,
    recordings: [{ state: 'recording' }, { state: 'recording' }],
    endedAt: null,
  });
  expect((await line.api('GET', `/${over}`)).body).toMatchObject({ state: 'ended', endedBy: 'unknown' });
  expect((await line.api('GET', '/call_none')).status).toBe(404);
});

test('all recordings are suspended and resumed by the answer, as often as it is asked', async () => {
  const id = await line.open({ recordings: 3 });
  const states = async () =>
    ((await line.api('GET', `/${id}`)).body.recordings as { state: string }[]).map(({ state }) => state);
  for (const _ of [1, 2]) {
    const told = await line.suspend(id);
    expect([told.status, told.body]).toEqual([200, { recordings: 'suspended' }]);
  }
  expect(await states()).toEqual(['suspended', 'suspended', 'suspended']);
  for (const _ of [1, 2]) expect((await line.resume(id)).body).toEqual({ recordings: 'resumed' });
  expect(await states()).toEqual(['recording', 'recording', 'recording']);
  const bare = await line.open({ recorded: false });
  expect((await line.suspend(bare)).body).toEqual({ recordings: 'none' });
  expect((await line.resume(bare)).body).toEqual({ recordings: 'none' });
});

test('a confirmation that comes by notification is promised first and true when it comes', async () => {
  const id = await line.open({ recordingConfirms: 'event' });
  const told = await line.suspend(id);
  expect([told.status, told.body]).toEqual([202, { recordings: 'pending' }]);
  expect((await line.api('GET', `/${id}`)).body.recordings).toMatchObject([{ state: 'recording' }]);
  const [event] = await line.come(id, 'recording.suspended');
  expect(event).toMatchObject({ verified: true, data: { recordings: [{ state: 'suspended' }] } });
  expect((await line.resume(id)).status).toBe(202);
  await line.come(id, 'recording.resumed');
});

test('a recording that is never confirmed goes on', async () => {
  const id = await line.open({ recordingConfirms: 'never' });
  expect((await line.suspend(id)).body).toEqual({ recordings: 'pending' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await line.api('GET', `/${id}`)).body.recordings).toMatchObject([{ state: 'recording' }]);
  expect(line.typesOf(id)).toEqual([]);
});

test('the end of a call is told with whose it was, and nothing can be asked of it any more', async () => {
  const id = await line.open();
  await line.secure(id);
  await line.control('POST', `/${id}/hand-over`, { agent: 'other@juniper.example' });
  expect((await line.come(id, 'call.handed_over'))[0]?.data.agent).toBe('other@juniper.example');
  await line.control('POST', `/${id}/hang-up`, { by: 'customer' });
  const [event] = await line.come(id, 'call.ended');
  expect(event).toMatchObject({ verified: true, data: { state: 'ended', endedBy: 'customer' } });
  for (const ask of [line.suspend, line.resume, line.secure, line.release]) {
    const told = await ask(id);
    expect([told.status, told.body.code]).toEqual([409, 'call_over']);
  }
  for (const act of ['keys', 'hold', 'hang-up', 'hand-over'])
    expect((await line.control('POST', `/${id}/${act}`, {})).status).toBe(409);
  const log = dataOf(await line.control('GET', `/${id}/log`));
  expect(log.map(({ path, status }) => [String(path).split('/').at(-1), status])).toEqual([
    ['release', 409],
    ['secure', 409],
    ['resume', 409],
    ['suspend', 409],
    ['secure', 200],
  ]);
});

test.each([
  ['refuse', 503, null],
  ['reset_before', null, null],
  ['error_after', 500, 'masked'],
  ['reset_after', null, 'masked'],
])('the fault %s hits the call it matches and leaves what it must', async (kind, status, secured) => {
  const id = await line.open();
  const order = { target: 'telephony', operation: 'secure', match: { reference: id }, kind };
  expect((await line.box.call('POST', '/control/faults', order)).status).toBe(201);
  if (status === null) await expect(line.secure(id)).rejects.toThrow();
  else expect((await line.secure(id)).status).toBe(status);
  expect((await line.api('GET', `/${id}`)).body.secured).toBe(secured);
  expect((await line.secure(id)).body).toEqual({ secured: 'masked' });
  expect(dataOf(await line.control('GET', `/${id}/log`)).at(-1)?.status).toBe(status);
});

test('a notification is lost or told twice, as ordered', async () => {
  const id = await line.open();
  const fault = (kind: string) =>
    line.box.call('POST', '/control/faults', {
      target: 'telephony',
      operation: 'event',
      match: { reference: id },
      kind,
    });
  await fault('lose');
  await line.secure(id);
  await fault('duplicate');
  await line.control('POST', `/${id}/hang-up`, { by: 'agent' });
  await until(async () => line.typesOf(id).length >= 2);
  expect(line.typesOf(id)).toEqual(['call.ended', 'call.ended']);
});
