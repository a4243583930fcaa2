import { afterAll, beforeAll, expect, test } from 'vitest';
import { LinkTales } from '@/lib/payment-links/testing';
import { type TestHouse, testHouse } from '@/lib/testing';
import { calendarOf } from './calendar';
import { onPhone } from './devices';
import { viewOf } from './view';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

test('the calendar’s entry is the deadline and the address, in lines of at most 75 bytes, without amount or person', async () => {
  const link = await tales.issued({ reference: 'CAL-1' });
  const page = await tales.page(link.url);
  const name = 'Ünïcode; Söhne, Straße\nund ganz viele weitere Geschäftspartner der Gesellschaft 日本語';
  const token = link.url.split('/').at(-1) ?? '';
  const text = calendarOf(
    viewOf(house.services.config, { ...page, merchant: { ...page.merchant, name } }, token),
  );
  const lines = text.split('\r\n');
  expect(lines.pop()).toBe('');
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const whole = text.replaceAll('\r\n ', '');
  expect(whole).toContain('Ünïcode\\; Söhne\\, Straße\\nund ganz viele');
  expect(whole).toContain(`URL:${link.url}\r\n`);
  expect(whole).toContain(
    `DTSTART:${page.link.expiresAt
      .toISOString()
      .replaceAll(/[-:]/g, '')
      .replace(/\.\d{3}/, '')}\r\n`,
  );
  for (const hidden of ['12.40', 'CAL-1', 'Ada', 'Order 7']) expect(whole).not.toContain(hidden);
});

test('the code of a page that was opened by an answer is asked for with what opens it, and leads to the plain address', async () => {
  const page = await tales.page((await tales.issued()).url);
  const view = viewOf(house.services.config, { ...page, pass: 'opened' }, 'token');
  expect(onPhone(view).text).toContain('src="/pay/token/qr?p=opened"');
});
