import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCOPES } from '@/core/permissions';
import { noteOptOut } from '../opt-outs';
import { cancelPaymentLink, readLinkHistory, sendPaymentLink } from '../payment-links';
import { LinkTales } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { eraseCustomer } from '.';
import { emptiedDetail, wipedBody, wiper } from './wipe';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const canceled = async (more: object = {}): Promise<string> => {
  const { id } = await tales.issued({
    customer: { name: 'Rosalind Quill', phone: '+44 7700 900461' },
    ...more,
  });
  await cancelPaymentLink(house.as('owner'), id);
  return id;
};
const ofLink = (paymentLink: string) => ({ paymentLink, of: 'link' });
const history = async (id: string) => {
  const read = await readLinkHistory(house.as('admin'), id);
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
};

test('only an owner or admin who has just proved it erases, and only at their merchant', async () => {
  const link = await canceled();
  const { actor, ...admin } = house.as('admin');
  const left = { ...admin, actor: { ...actor, verified: false } } as typeof house.stranger;
  expect(await eraseCustomer(left, ofLink(link))).toMatchObject({ error: { code: 'step_up_required' } });
  for (const who of [house.as('agent'), house.as('viewer'), house.as('api', SCOPES)])
    expect(await eraseCustomer(who, ofLink(link))).toMatchObject({ error: { code: 'forbidden' } });
  expect(await eraseCustomer(house.stranger, ofLink(link))).toMatchObject({ error: { code: 'not_found' } });
  expect((await tales.read(link)).customer.name).toBe('Rosalind Quill');
});

test('a link that can be paid, or is being paid, keeps its customer', async () => {
  const { id } = await tales.issued();
  const erase = () => eraseCustomer(house.as('owner'), ofLink(id));
  expect(await erase()).toMatchObject({ error: { code: 'link_not_expired' } });
  await tales.submitted(id);
  await cancelPaymentLink(house.as('owner'), id);
  expect(await erase()).toMatchObject({ error: { code: 'being_paid' } });
  expect((await tales.read(id)).customer.email).toBe('ada@example.test');
});

test('the link’s page says that it was done, when and by whom; what was waiting to be sent is not, and nothing is undone', async () => {
  const { id } = await tales.issued({ send: { channel: 'email' } });
  await cancelPaymentLink(house.as('owner'), id);
  expect(await eraseCustomer(house.as('admin'), ofLink(id))).toEqual({ ok: true, value: { links: 1 } });
  const { standing, acts, events, messages, link } = await history(id);
  expect(standing.erasedAt).toMatch(/Z$/);
  expect(link).toMatchObject({ customer: { name: null, email: null, phone: null }, description: null });
  expect(messages).toMatchObject([{ to: '', state: 'suppressed', reason: null }]);
  expect(events.at(-1)).toMatchObject({ type: 'payment_link.updated', actor: 'Test admin' });
  expect(acts.erase).toMatchObject({ refusal: 'conflict' });
  expect(await eraseCustomer(house.as('admin'), ofLink(id))).toMatchObject({ error: { code: 'conflict' } });
});

test('who wanted no SMS gets none by a later link either, and staff can lift what they noted', async () => {
  const first = await canceled();
  await noteOptOut(house.as('agent'), { paymentLink: first, channel: 'sms' });
  await eraseCustomer(house.as('admin'), { paymentLink: first, of: 'phone' });
  const later = await tales.issued({ customer: { phone: '+44 7700 900461' } });
  const { reminders } = await history(later.id);
  expect(reminders.contacts).toMatchObject([{ channel: 'sms', optOut: { how: 'staff' }, mayLift: true }]);
  await noteOptOut(house.as('agent'), { paymentLink: later.id, channel: 'sms' });
  expect(await sendPaymentLink(house.as('agent'), later.id, { channel: 'sms' })).toMatchObject({ ok: true });
});

test('a word goes where it stands by itself, in whatever letters and spellings, and other words stay', () => {
  const wipe = wiper(['Kim Lee', 'kim@example.com', 'Al'], '+447700900123');
  expect(wipe('Dear kim lee, Kim Leeson calls 07700 900123 or +44 7700 900123')).toBe(
    'Dear [erased], Kim Leeson calls [erased] or [erased]',
  );
  expect(wipe('https://crm.example/?mail=kim%40example.com&of=payment_link.paid Al')).toBe(
    'https://crm.example/?mail=[erased]&of=payment_link.paid Al',
  );
  expect(emptiedDetail('SMS to +44 …123 · reminder', wipe)).toBe('SMS · reminder');
  expect(emptiedDetail('E-mail to k…@example.com', wipe)).toBe('E-mail');
  const body = wipedBody('{"to":["KIM LEE",1240],"note":"blue"}', wipe, new Set(['blue']));
  expect(JSON.parse(body)).toEqual({ to: ['[erased]', 1240], note: '[erased]' });
});
