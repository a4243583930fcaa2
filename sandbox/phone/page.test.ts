import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, until } from '../testing';
import { phoneBox } from './testing';

let line: Awaited<ReturnType<typeof phoneBox>>;
beforeAll(async () => {
  line = await phoneBox();
});
afterAll(() => line.stop());

const show = async (path: string) => String((await line.box.call('GET', path)).body.text);
const act = (id: string, path: string, body: Json) => line.box.call('POST', `/phone/${id}/${path}`, body);

test('a call is made by the form and is then one page with two parties', async () => {
  const form = new URLSearchParams({
    agent: 'desk@juniper.example',
    customerPhone: '+44 7700 900456',
    direction: 'outbound',
    recorded: 'no',
    securing: 'secured_leg',
  });
  const made = await line.box.call('POST', '/phone', form.toString());
  expect(made.status).toBe(303);
  const where = String(made.headers.get('location'));
  const page = await show(where);
  for (const says of [
    'desk@juniper.example',
    '+447700900456',
    'outbound',
    'not recorded',
    'aria-label="Key #"',
  ])
    expect(page).toContain(says);
  expect(await show('/phone')).toContain(`href="${where}"`);
  expect(await show('/')).toContain('href="/phone"');
  form.set('customerPhone', 'nobody');
  expect((await line.box.call('POST', '/phone', form.toString())).status).toBe(422);
  expect((await line.box.call('GET', '/phone/call_none')).status).toBe(404);
});

test("the customer's telephone and the agent's show their own party alone", async () => {
  const id = await line.open();
  const [customer, agent] = [await show(`/phone/${id}/customer`), await show(`/phone/${id}/agent`)];
  expect(customer).toContain('data-key="5"');
  expect(customer).not.toContain('id="transfer"');
  expect(agent).toContain('id="transfer"');
  expect(agent).not.toContain('data-key="5"');
});

test('what each of them hears is on the page: talk, a key in clear, a mask, nothing', async () => {
  const id = await line.open();
  const hears = async (who: string) =>
    new RegExp(`id="hears-${who}".*?<b>(.*?)</b>`, 's').exec(await show(`/phone/${id}`))?.[1];
  expect(await hears('agent')).toBe('The customer');
  await act(id, 'keys', { keys: '7' });
  expect(await hears('agent')).toBe('A key&#39;s own tone');
  await until(async () => (await hears('agent')) === 'The customer');
  await line.suspend(id);
  await line.secure(id);
  await act(id, 'keys', { keys: '8' });
  expect(await hears('agent')).toBe('The same steady tone for any key');
  expect(await hears('recording')).toBe('Nothing: suspended');
  expect(await show(`/phone/${id}`)).toContain('recording suspended');
  await until(async () => line.arrived(id) === '8');
});

test('hold, transfer and hang-up are done on the page; of another origin they are refused', async () => {
  const id = await line.open();
  const foreign = { origin: 'https://elsewhere.example' };
  const refused = await line.box.call('POST', `/phone/${id}/hold`, { on: true }, foreign);
  expect(refused.status).toBe(403);
  expect((await act(id, 'hold', { on: true })).body.onHold).toBe(true);
  expect(await show(`/phone/${id}`)).toContain('Silence: on hold');
  expect((await act(id, 'hand-over', { agent: 'other@juniper.example' })).status).toBe(200);
  expect((await act(id, 'hang-up', { by: 'agent' })).body).toMatchObject({
    endedBy: 'agent',
    state: 'ended',
  });
  expect(await show(`/phone/${id}`)).toContain('Nothing: the call is over');
  expect((await act(id, 'keys', { keys: '1' })).body.code).toBe('call_over');
});
