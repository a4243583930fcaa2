import { afterAll, beforeAll, expect, test } from 'vitest';
import { dtmfKeysIn } from './dtmf';
import { phoneBox } from './testing';

let line: Awaited<ReturnType<typeof phoneBox>>;
beforeAll(async () => {
  line = await phoneBox();
});
afterAll(() => line.stop());

const fault = (id: string, kind: string, more = {}) =>
  line.box.call('POST', '/control/faults', {
    target: 'telephony',
    operation: 'digits',
    match: { reference: id },
    kind,
    ...more,
  });
const ordersOf = (id: string) =>
  line.heard.digits.filter(({ call }) => call === id).map(({ order }) => order);
/** Keys in clear on either side of secured ones. */
const walk = async (id: string) => {
  await line.keys(id, '12');
  await line.secure(id);
  await line.keys(id, '4075*#');
  await line.release(id);
  await line.keys(id, '98');
};

test.each(['masked', 'secured_leg'])(
  'keys of a call that is %s reach the card process in order, and nobody who listens',
  async (securing) => {
    const id = await line.open({ securing });
    await walk(id);
    expect(line.arrived(id)).toBe('4075*#');
    expect(ordersOf(id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(line.heard.unsigned).toEqual([]);
    for (const who of ['agent', 'recording'] as const) {
      expect(dtmfKeysIn(await line.audio(id, who))).toBe('1298');
      const kinds = await line.kinds(id, who);
      expect(kinds.filter((kind) => kind === 'mask')).toHaveLength(securing === 'masked' ? 6 : 0);
      expect(kinds.includes('silence')).toBe(securing === 'secured_leg');
    }
  },
);

test('where masking is broken, the agent and the recording give the keys away', async () => {
  const id = await line.open({ securing: 'off' });
  await walk(id);
  expect((await line.secure(id)).body).toEqual({ secured: 'masked' });
  for (const who of ['agent', 'recording'] as const)
    expect(dtmfKeysIn(await line.audio(id, who))).toBe('124075*#98');
});

test('a suspended recording holds nothing, whether masked or not', async () => {
  const id = await line.open({ securing: 'off' });
  await line.keys(id, '1');
  await line.suspend(id);
  await line.keys(id, '23');
  await line.resume(id);
  await line.keys(id, '4');
  expect(dtmfKeysIn(await line.audio(id, 'recording'))).toBe('14');
  expect(dtmfKeysIn(await line.audio(id, 'agent'))).toBe('1234');
  expect(await line.kinds(id, 'recording')).toEqual(['speech', 'tone', 'speech', 'speech', 'tone', 'speech']);
});

test('on hold both hear silence, and keys are not heard by the agent', async () => {
  const id = await line.open();
  await line.control('POST', `/${id}/hold`, { on: true });
  await line.keys(id, '7');
  expect((await line.api('GET', `/${id}`)).body.onHold).toBe(true);
  await line.control('POST', `/${id}/hold`, { on: false });
  expect(dtmfKeysIn(await line.audio(id, 'agent'))).toBe('');
});

test('a key that is refused is tried again, and given up after the third time', async () => {
  const id = await line.open();
  await line.secure(id);
  line.heard.answers.push(503, 503);
  await line.keys(id, '5');
  expect(line.arrived(id)).toBe('5');
  line.heard.answers.push(503, 503, 503);
  await line.keys(id, '67');
  expect(line.arrived(id)).toBe('57');
  await line.come(id, 'digits.lost');
});

test('a key that is not answered in two seconds is sent again', async () => {
  const own = await phoneBox();
  const id = await own.open();
  await own.secure(id);
  own.heard.answers.push('hang');
  await own.keys(id, '9');
  expect(own.arrived(id)).toBe('9');
  await own.stop();
});

test('faults lose a key, send it twice, cut it before or after, each for the call it matches', async () => {
  const id = await line.open();
  await line.secure(id);
  await fault(id, 'lose');
  await line.keys(id, '12');
  await fault(id, 'duplicate');
  await line.keys(id, '3');
  await fault(id, 'reset_before');
  await line.keys(id, '4');
  await fault(id, 'reset_after');
  await line.keys(id, '5');
  expect(line.arrived(id)).toBe('233455');
  expect(ordersOf(id)).toEqual([2, 3, 3, 4, 5, 5]);
  await fault(id, 'reset_before', { times: 3 });
  await line.keys(id, '6');
  await line.come(id, 'digits.lost');
  expect((await fault(id, 'reorder')).status).toBe(422);
});

test('another callback takes over from one; the same counts on, also after a release', async () => {
  const id = await line.open();
  const other = `${line.heard.url}/keypad/captures/other`;
  await line.secure(id);
  await line.keys(id, '1');
  await line.secure(id);
  await line.keys(id, '2');
  await line.secure(id, other);
  await line.keys(id, '3');
  await line.release(id);
  await line.release(id);
  await line.secure(id, other);
  await line.keys(id, '4');
  expect(ordersOf(id)).toEqual([1, 2, 1, 2]);
  await line.come(id, 'call.secured', 3);
});

test('what was keyed is in nothing that the provider tells', async () => {
  const id = await line.open();
  await line.secure(id);
  await line.keys(id, '40250099');
  await line.control('POST', `/${id}/hang-up`, { by: 'agent' });
  await line.come(id, 'call.ended');
  const told = await Promise.all(
    ['', '/record', '/log'].map(async (path) => (await line.control('GET', `/${id}${path}`)).body),
  );
  const page = await line.box.call('GET', `/phone/${id}`);
  const text = JSON.stringify([told, line.heard.events.filter(({ data }) => data.id === id)]);
  expect(text).not.toMatch(/"key"|40250099|"4","0","2"/);
  expect(page.status).toBe(200);
});
