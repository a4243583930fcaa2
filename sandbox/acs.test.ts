import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorize, charge, type Json, testSandbox } from './testing';

const clock = { offsetMs: 0 };
let box: Awaited<ReturnType<typeof testSandbox>>;
beforeAll(async () => {
  box = await testSandbox({ now: () => new Date(Date.now() + clock.offsetMs) });
});
afterAll(() => box.stop());

const challenged = async (number: string, more: Json = {}) => {
  const { body } = await authorize(box.call, charge(number, more));
  expect(body.action).toEqual({ url: `${box.url}/acs/${body.id}` });
  return String(body.id);
};
const press = (id: string, answer: string) =>
  box.call('POST', `/acs/${id}`, new URLSearchParams({ answer }).toString());
const read = async (id: string) => (await box.call('GET', `/gateway/payments/${id}`)).body;

test.each([
  ['4000002500003155', 'accept', { status: 'captured' }],
  ['4000002500003155', 'refuse', { status: 'declined', declineCode: 'authentication_failed' }],
  ['4000002500003155', 'time_out', { status: 'expired' }],
  ['4000002760003184', 'accept', { status: 'declined', declineCode: 'authentication_required' }],
  ['4000002760003184', 'refuse', { status: 'declined', declineCode: 'authentication_failed' }],
  ['4000002760003184', 'time_out', { status: 'declined', declineCode: 'authentication_required' }],
])(
  '%s after %s is as the issuer decides, and the browser goes back to the shop',
  async (number, answer, outcome) => {
    const id = await challenged(number);
    const told = await press(id, answer);
    expect([told.status, told.headers.get('location')]).toEqual([303, 'http://localhost:4567/back']);
    const payment = await read(id);
    expect(payment).toMatchObject(outcome);
    expect(payment).not.toHaveProperty('action');
  },
);

test('accepting a payment that is not to be captured leaves it authorised', async () => {
  const id = await challenged('4000002500003155', { capture: false });
  await press(id, 'accept');
  expect((await read(id)).status).toBe('authorized');
});

test('the first answer counts, a later one only leads back', async () => {
  const id = await challenged('4000002500003155');
  await press(id, 'refuse');
  expect((await press(id, 'accept')).status).toBe(303);
  expect((await read(id)).status).toBe('declined');
});

test('looking at the page decides nothing; it names amount, card and buttons and may be framed by any shop', async () => {
  const id = await challenged('4000002500003155');
  const told = await box.call('GET', `/acs/${id}`);
  for (const name of ['Accept', 'Refuse', 'Time out']) expect(told.body.text).toContain(`>${name}</button>`);
  expect(told.body.text).toContain('£12.40');
  expect(told.body.text).toContain('Visa •••• 3155');
  const policy = told.headers.get('content-security-policy');
  expect(policy).toContain('frame-ancestors *');
  expect(policy).toContain("form-action 'self' http://localhost:4567");
  expect(told.headers.get('x-frame-options')).toBeNull();
  expect((await read(id)).status).toBe('requires_action');
});

test('a challenge nobody answers expires after the time control sets, and cannot be accepted then', async () => {
  expect((await box.call('PUT', '/control/settings', { challengeSeconds: 30 })).status).toBe(200);
  const id = await challenged('4000002500003155');
  clock.offsetMs = 29_000;
  expect((await read(id)).status).toBe('requires_action');
  clock.offsetMs = 31_000;
  expect((await read(id)).status).toBe('expired');
  await press(id, 'accept');
  expect((await read(id)).status).toBe('expired');
  clock.offsetMs = 0;
});

test('a fence ends an open challenge: accepting it later moves no money', async () => {
  const body = charge('4000002500003155');
  const id = String((await authorize(box.call, body)).body.id);
  await box.call('POST', '/gateway/void-by-reference', { reference: body.reference });
  await press(id, 'accept');
  expect((await read(id)).status).toBe('voided');
});

test('an unknown challenge is 404 and an unknown answer 400', async () => {
  expect((await box.call('GET', '/acs/gw_none')).status).toBe(404);
  expect((await press(await challenged('4000002500003155'), 'maybe')).status).toBe(400);
});
