import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paymentSessions } from '@/db/schema';
import { newSessionRow } from '@/lib/live/testing';
import { tokenOf } from '@/lib/payment-links/testing';
import { ApiHouse } from '../_server/testing';
import { POST } from './[token]/progress/route';

let api: ApiHouse;
beforeAll(async () => {
  api = await ApiHouse.open();
});
afterAll(() => api.close());

const PORTAL = 'http://localhost:3000';
const FIELDS = { number: 'complete', expiry: 'typing', security_code: 'empty', name: 'empty' };
const newSession = () => newSessionRow(api.house.as('owner'));

async function tell(url: string, body: unknown, headers: Record<string, string> = {}): Promise<number> {
  const request = new Request(`${url}/progress`, {
    method: 'POST',
    headers: { origin: PORTAL, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return (await POST(request, { params: Promise.resolve({ token: tokenOf(url) }) })).status;
}

async function noted(id: string) {
  const { progress, inApp, revision } = paymentSessions;
  const rows = await api.house.services.db
    .select({ progress, inApp, revision })
    .from(paymentSessions)
    .where(eq(paymentSessions.id, id));
  return rows[0];
}

test('how far the payer is stands with the session, told anew only where it is news, with the app it was opened in', async () => {
  const session = await newSession();
  expect(await tell(session.url, { fields: FIELDS })).toBe(204);
  expect(await noted(session.id)).toEqual({ progress: FIELDS, inApp: null, revision: 2 });
  expect(await tell(session.url, { fields: FIELDS })).toBe(204);
  expect((await noted(session.id))?.revision).toBe(2);
  const instagram = { 'user-agent': 'Mozilla/5.0 (iPhone) Mobile/22B83 Instagram 350.0.0.20.95' };
  await tell(session.url, { fields: FIELDS }, instagram);
  const further = { ...FIELDS, expiry: 'complete' };
  await tell(session.url, { fields: further }, instagram);
  expect(await noted(session.id)).toEqual({ progress: further, inApp: 'instagram', revision: 4 });
});

test('nothing but words of ours is taken: no value, no other field, no body that is none', async () => {
  const session = await newSession();
  for (const body of [
    { fields: { ...FIELDS, number: '4242424242424242' } },
    { fields: { ...FIELDS, digits: 'complete' } },
    { fields: FIELDS, number: '4242424242424242' },
    { fields: { number: 'complete' } },
    {},
    'nothing',
    JSON.stringify({ fields: FIELDS, more: 'x'.repeat(600) }),
  ])
    expect(await tell(session.url, body), JSON.stringify(body)).toBe(422);
  expect(await noted(session.id)).toEqual({ progress: null, inApp: null, revision: 1 });
});

test('only our own page is heard, and only while its session is open', async () => {
  const session = await newSession();
  for (const headers of [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'content-type': 'text/plain' },
  ])
    expect(await tell(session.url, { fields: FIELDS }, headers)).toBe(403);
  const own = eq(paymentSessions.id, session.id);
  await api.house.services.db.update(paymentSessions).set({ endedAt: new Date() }).where(own);
  expect(await tell(session.url, { fields: FIELDS })).toBe(204);
  expect(await noted(session.id)).toEqual({ progress: null, inApp: null, revision: 1 });
});
