import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LINK_STATUSES } from '@/core/payment-link';
import { setClock } from '@/db/testing';
import { openPayPage } from '../pay-page';
import { startPaymentAttempt } from '../payment-attempts';
import { type TestHouse, testHouse } from '../testing';
import {
  cancelPaymentLink,
  createPaymentLink,
  listPaymentLinks,
  readLinkHistory,
  readPaymentLink,
  sendPaymentLink,
} from './index';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const input = {
  amountMinor: 1240,
  currency: 'GBP',
  description: 'Order 7',
  reference: 'R-7',
  customer: { name: 'Ada', email: 'ada@example.test', phone: '+44 7700 900123' },
};

async function issued(more: object = {}, who: Parameters<TestHouse['as']>[0] = 'agent') {
  const outcome = await createPaymentLink(house.as(who), { ...input, ...more });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

const tokenOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);

describe('issuing', () => {
  test('an issued link lives 72 hours on the clock of the database and tells its creation as event 1', async () => {
    const link = await issued();
    const history = await readLinkHistory(house.as('viewer'), link.id);
    if (!history.ok) throw new Error('no history');
    const life = Date.parse(link.expiresAt) - Date.parse(link.createdAt);
    expect(life).toBeGreaterThan(259_198_000);
    expect(life).toBeLessThanOrEqual(259_200_000);
    expect(link).toMatchObject({ object: 'payment_link', status: 'active', sequence: 1, amountMinor: 1240 });
    expect(link.url).toMatch(/^http:\/\/localhost:3000\/pay\/[\w-]{58}$/);
    expect(history.value.events.map((event) => event.type)).toEqual(['payment_link.created']);
  });

  test('roles: owner, admin and agent issue; a viewer and a key without the scope do not', async () => {
    for (const role of ['owner', 'admin', 'agent', 'api'] as const)
      expect((await issued({}, role)).id).toBeTruthy();
    for (const ctx of [house.as('viewer'), house.as('api', ['payment_links:read']), house.as('payer')]) {
      expect(await createPaymentLink(ctx, input)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    }
  });

  test.each([
    ['an unknown field', { surprise: 1 }, 'surprise'],
    ['an unknown field inside', { customer: { email: 'a@b.test', age: 3 } }, 'customer.age'],
    ['a float', { amountMinor: 12.4 }, 'amountMinor'],
    ['nothing owed', { amountMinor: 0 }, 'amountMinor'],
    ['too much', { amountMinor: 1_000_000_000_000 }, 'amountMinor'],
    ['no such currency', { currency: 'GBX' }, 'currency'],
    ['longer than 72 h', { expiresInSeconds: 259_201 }, 'expiresInSeconds'],
    ['no address to send to', { customer: {}, send: { channel: 'sms' } }, 'customer.phone'],
    ['a phone without its country', { customer: { phone: '07700 900123' } }, 'customer.phone'],
    ['a profile of nobody', { profile: 'secret' }, 'profile'],
    ['a return address that is not registered', { returnUrl: 'https://evil.example/' }, 'returnUrl'],
    [
      'items that do not add up',
      { lineItems: [{ description: 'x', quantity: 1, unitAmountMinor: 5 }] },
      'lineItems',
    ],
    [
      '21 keys of metadata',
      { metadata: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${i}`, 'v'])) },
      'metadata',
    ],
    ['an amount of another kind', { amountType: 'rounded' }, 'amountType'],
    ['nothing to ask for', { amountMinor: undefined }, 'amountMinor'],
    ['parts of nothing', { amountType: 'partial', amountMinor: undefined }, 'amountMinor'],
    ['a least part of a fixed amount', { minAmountMinor: 100 }, 'minAmountMinor'],
    ['a part that is more than all', { amountType: 'partial', minAmountMinor: 1241 }, 'minAmountMinor'],
    ['a largest part', { amountType: 'partial', maxAmountMinor: 1240 }, 'maxAmountMinor'],
    [
      'bounds that cross',
      { amountType: 'open', amountMinor: undefined, minAmountMinor: 2, maxAmountMinor: 1 },
      'minAmountMinor',
    ],
    ['a suggestion below the least', { amountType: 'open', minAmountMinor: 1241 }, 'minAmountMinor'],
    ['a suggestion above the most', { amountType: 'open', maxAmountMinor: 1239 }, 'maxAmountMinor'],
  ])('%s is refused by name', async (_what, more, path) => {
    const outcome = await createPaymentLink(house.as('owner'), { ...input, ...more });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'invalid' } });
    if (!outcome.ok) expect(outcome.error.errors?.map((error) => error.path)).toContain(path);
  });

  test('a card number in any free text is refused, in one piece or in groups, and look-alikes are not', async () => {
    for (const more of [
      { description: 'card 4242424242424242' },
      { reference: '4242 4242 4242 4242' },
      { metadata: { note: 'amex 3782 822463 10005 ok' } },
      { customer: { name: '5555-5555-5555-4444' } },
      { description: '42\u200b42424242\u0001424242' },
      { metadata: { '4242 4242 4242 4242': 'note' } },
      { currency: '4242424242424242' },
      { surprise: '4242424242424242' },
      { '4242424242424242': 1 },
    ]) {
      const outcome = await createPaymentLink(house.as('owner'), { ...input, ...more });
      expect(outcome).toMatchObject({ ok: false, error: { code: 'card_number_refused' } });
      expect(JSON.stringify(outcome)).not.toMatch(/4242|5555|3782/);
    }
    for (const reference of ['4242424242424241', '1234567890123452', '42 42424242 42424242'])
      expect((await issued({ reference })).reference).toBe(reference);
  });

  test('nobody looks for a card number either, in any filter; a phone number is looked for', async () => {
    const refused = { ok: false, error: { code: 'card_number_refused' } };
    for (const name of ['q', 'customer', 'reference', 'agent', 'profile', 'cursor', 'surprise'])
      expect(await listPaymentLinks(house.as('viewer'), { [name]: '4242 4242 4242 4242' })).toMatchObject(
        refused,
      );
    for (const phone of ['+4915112345678', '4915112345678'])
      expect(await listPaymentLinks(house.as('viewer'), { q: phone, customer: phone })).toMatchObject({
        ok: true,
      });
  });

  test('bidi and zero-width characters are taken out of what a payer reads', async () => {
    expect((await issued({ description: 'in\u202evoice\u200b 7' })).description).toBe('invoice 7');
  });
});

describe('the end of a link', () => {
  test('71:59:59 after issue it can be paid, 72:00:00 after issue it cannot, whatever the clock of this process says', async () => {
    const own = await testHouse();
    try {
      const outcome = await createPaymentLink(own.as('agent'), input);
      if (!outcome.ok) throw new Error('not issued');
      const { id, url, expiresAt } = outcome.value;
      const untilEnd = (Date.parse(expiresAt) - Date.now()) / 1000;
      await setClock(own.services.db, untilEnd - 1);
      expect(await openPayPage(own.services, tokenOf(url))).toMatchObject({ page: { state: 'ready' } });
      await setClock(own.services.db, untilEnd);
      expect(await openPayPage(own.services, tokenOf(url))).toMatchObject({ page: { state: 'expired' } });
      expect(await startPaymentAttempt(own.as('payer'), id)).toMatchObject({
        error: { code: 'link_expired' },
      });
    } finally {
      await own.close();
    }
  });

  test('forged tokens cost no query at all; a good one does', async () => {
    let statements = 0;
    const own = await testHouse({ onStatement: () => statements++ });
    try {
      const outcome = await createPaymentLink(own.as('agent'), input);
      if (!outcome.ok) throw new Error('not issued');
      const token = tokenOf(outcome.value.url);
      statements = 0;
      for (let i = 0; i < token.length; i++) {
        const forged = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
        expect(await openPayPage(own.services, forged)).toEqual({ kind: 'forged' });
      }
      expect(statements).toBe(0);
      expect(await openPayPage(own.services, token)).toMatchObject({ kind: 'page' });
      expect(statements).toBeGreaterThan(0);
    } finally {
      await own.close();
    }
  });
});

describe('canceling and sending', () => {
  test('cancel ends the link once, again is fine, and a payer sees it', async () => {
    const link = await issued();
    for (let i = 0; i < 2; i++) {
      const outcome = await cancelPaymentLink(house.as('agent'), link.id);
      expect(outcome).toMatchObject({ ok: true, value: { status: 'canceled' } });
    }
    expect(await openPayPage(house.services, tokenOf(link.url))).toMatchObject({
      page: { state: 'canceled' },
    });
    const history = await readLinkHistory(house.as('owner'), link.id);
    expect(
      history.ok && history.value.events.filter((event) => event.type === 'payment_link.canceled'),
    ).toHaveLength(1);
  });

  test('a viewer neither cancels nor sends, and another merchant does not even see the link', async () => {
    const link = await issued();
    expect(await cancelPaymentLink(house.as('viewer'), link.id)).toMatchObject({
      error: { code: 'forbidden' },
    });
    expect(await sendPaymentLink(house.as('viewer'), link.id, { channel: 'sms' })).toMatchObject({
      error: { code: 'forbidden' },
    });
    for (const verb of [readPaymentLink, cancelPaymentLink, readLinkHistory])
      expect(await verb(house.stranger, link.id)).toMatchObject({ error: { code: 'not_found' } });
    expect(await sendPaymentLink(house.stranger, link.id, { channel: 'sms' })).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  test('sending queues one message to the address on file; a canceled link is not sent', async () => {
    const link = await issued();
    expect(await sendPaymentLink(house.as('agent'), link.id, { channel: 'email' })).toMatchObject({
      value: { to: 'ada@example.test', state: 'queued' },
    });
    await cancelPaymentLink(house.as('agent'), link.id);
    expect(await sendPaymentLink(house.as('agent'), link.id, { channel: 'sms' })).toMatchObject({
      error: { code: 'link_not_payable' },
    });
  });
});

describe('listing', () => {
  test('pages of a list join up without gaps or doubles and never show another merchant', async () => {
    const own = await testHouse();
    try {
      for (let i = 0; i < 7; i++) await createPaymentLink(own.as('agent'), { ...input, reference: `N-${i}` });
      await createPaymentLink({ ...own.stranger }, input);
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await listPaymentLinks(own.as('viewer'), { limit: '3', ...(cursor && { cursor }) });
        if (!page.ok) throw new Error(page.error.message);
        seen.push(...page.value.data.map((link) => link.reference ?? ''));
        cursor = page.value.nextCursor;
      } while (cursor);
      expect(seen).toEqual(['N-6', 'N-5', 'N-4', 'N-3', 'N-2', 'N-1', 'N-0']);
    } finally {
      await own.close();
    }
  });

  test('the status filter of the list agrees with the status each link shows', async () => {
    const own = await testHouse();
    try {
      const make = async (seconds: number) => {
        const outcome = await createPaymentLink(own.as('agent'), { ...input, expiresInSeconds: seconds });
        return outcome.ok ? outcome.value.id : '';
      };
      const [, canceled] = [await make(259_200), await make(259_200), await make(60)];
      await cancelPaymentLink(own.as('agent'), canceled ?? '');
      await setClock(own.services.db, 61);
      const all = await listPaymentLinks(own.as('viewer'), {});
      if (!all.ok) throw new Error('no list');
      expect(all.value.data.map((link) => link.status).sort()).toEqual(['active', 'canceled', 'expired']);
      for (const status of LINK_STATUSES) {
        const page = await listPaymentLinks(own.as('viewer'), { status });
        const expected = all.value.data.filter((link) => link.status === status).map((link) => link.id);
        expect(page.ok && page.value.data.map((link) => link.id)).toEqual(expected);
      }
    } finally {
      await own.close();
    }
  });

  test('search finds reference, name, e-mail and phone, and takes % and _ as they are', async () => {
    const link = await issued({
      reference: '100%_sure',
      customer: { name: 'Zoë Quirk', email: 'zoe@quirk.test' },
    });
    for (const q of ['100%_', 'quirk', 'zoe@']) {
      const page = await listPaymentLinks(house.as('agent'), { q });
      expect(page.ok && page.value.data.map((one) => one.id)).toEqual([link.id]);
    }
  });
});
