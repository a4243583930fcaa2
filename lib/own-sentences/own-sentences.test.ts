import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smsSize } from '@/core/gsm7';
import { unwrap } from '../gateways/testing';
import { sendMessage } from '../messages';
import type { Mail, Providers, Sms } from '../messaging/port';
import { LinkTales } from '../payment-links/testing';
import { previewReminder } from '../payment-profiles';
import { type TestHouse, testHouse } from '../testing';
import { listOwnSentences, previewMessage, saveOwnSentence } from '.';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());
const tales = new LinkTales(() => house);

const request = { kind: 'request', locale: 'en' } as const;
const TEXT = 'Dear {customer}, your tent is ready.';

/** What a new link's customer is sent. */
async function sent(more: object): Promise<{ sms: Sms[]; mails: Mail[] }> {
  const [sms, mails]: [Sms[], Mail[]] = [[], []];
  const taken = <T>(all: T[]) => ({
    send: async (one: T) => {
      all.push(one);
      return { kind: 'accepted' } as const;
    },
  });
  const providers: Providers = { sms: taken(sms), mail: taken(mails) };
  const link = await tales.issued({ send: [{ channel: 'sms' }, { channel: 'email' }], ...more });
  const rows = await house.services.db.execute<{ message: string }>(
    sql`select payload ->> 'message' as message from graphile_worker._private_jobs where payload ->> 'message' is not null`,
  );
  for (const { message } of rows) unwrap(await sendMessage(house.as('system'), message, providers, true));
  expect([sms.length, mails.length, link.status]).toEqual([1, 1, 'active']);
  await house.services.db.execute(sql`delete from graphile_worker._private_jobs`);
  return { sms, mails };
}
const customer = (name?: string) => ({
  customer: { email: 'ada@example.test', phone: '+447700900123', ...(name && { name }) },
});

test('a sentence stands in what customers get, the address still at the end; without a name to put in, it is left out', async () => {
  const saved = unwrap(await saveOwnSentence(house.as('admin'), { ...request, text: TEXT, version: 0 }));
  expect(saved).toEqual({ ...request, text: TEXT, version: 1 });
  const { sms, mails } = await sent(customer('Ada'));
  expect(sms[0]?.text).toMatch(/^Dear Ada, your tent is ready\.\n.*\/pay\/\S+$/s);
  expect(mails[0]?.text).toContain('\n\nDear Ada, your tent is ready.\n\n');
  expect(mails[0]?.html).toContain('Dear Ada, your tent is ready.');
  const nameless = await sent(customer());
  expect(nameless.sms[0]?.text).not.toContain('tent');
  const secret = await sent({ ...customer('Ada'), reference: 'T-1', challenge: { kind: 'phone_ending' } });
  expect(secret.sms[0]?.text).not.toContain('Ada');
  expect(
    await house.services.db.execute(sql`select from audit_entries where action = 'own_sentence.update'`),
  ).toHaveLength(1);
});

test('text is text: an address, a number, unknown braces and card digits are refused, what deceives is taken out', async () => {
  for (const text of [
    'See https://x.example',
    'www.x',
    'Go to pay.example now',
    'a@b',
    'Call 02079460000',
    '{amount}',
    'a {b',
    '4242 4242 4242 4242',
    'x'.repeat(141),
    '',
  ])
    expect(await saveOwnSentence(house.as('owner'), { ...request, text, version: 1 }), text).toMatchObject({
      ok: false,
    });
  const row = { kind: 'receipt', locale: 'de', text: 'Dan\u200bke\u202e!', version: 0 };
  expect(unwrap(await saveOwnSentence(house.as('owner'), row)).text).toBe('Danke!');
});

test('a preview says what it costs and keeps nothing; a receipt is no SMS', async () => {
  const read = async (raw: object) => unwrap(await previewMessage(house.as('admin'), raw));
  const plain = await read({ kind: 'reminder', locale: 'en', text: null });
  expect(plain.sms).toMatchObject({ alphabet: 'gsm7', segments: 1 });
  const dear = await read({ kind: 'reminder', locale: 'en', text: 'Спасибо!' });
  expect(dear.sms).toMatchObject({ alphabet: 'ucs2', segments: smsSize(dear.sms?.text ?? '').segments });
  expect(await read({ kind: 'receipt', locale: 'en', text: 'Thanks, {customer}.' })).toMatchObject({
    sms: null,
    mail: { text: expect.stringContaining('Thanks, Ada Byron.') },
  });
  expect(unwrap(await previewReminder(house.as('viewer')))).toBe(plain.sms?.text);
});

test('another change is never overwritten unseen, a sentence is taken away, and it is nobody else’s', async () => {
  const key = { kind: 'reminder', locale: 'fr' } as const;
  unwrap(await saveOwnSentence(house.as('admin'), { ...key, text: 'Un', version: 0 }));
  for (const version of [0, 7])
    expect(await saveOwnSentence(house.as('owner'), { ...key, text: 'Deux', version })).toMatchObject({
      error: { code: 'version_mismatch' },
    });
  expect(unwrap(await saveOwnSentence(house.as('owner'), { ...key, text: null, version: 1 }))).toMatchObject({
    text: null,
    version: 2,
  });
  expect(unwrap(await listOwnSentences(house.stranger))).toEqual([]);
  for (const ctx of [house.as('agent'), house.as('viewer'), house.as('api')])
    for (const refused of [
      await listOwnSentences(ctx),
      await saveOwnSentence(ctx, { ...key, text: 'x', version: 2 }),
      await previewMessage(ctx, { ...key, text: null }),
    ])
      expect(refused).toMatchObject({ error: { code: 'forbidden' } });
});
