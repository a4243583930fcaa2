import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAlerts } from '../alerts';
import { type TestHouse, testHouse } from '../testing';
import { lastPageCheck, notePageCheck, type PageLook } from './index';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const note = (result: PageLook['result'], ...findings: string[]) =>
  notePageCheck(house.services, 'job_1', { result, findings });
const open = async () => {
  const alerts = await listAlerts(house.as('admin'));
  if (!alerts.ok) throw new Error(alerts.error.code);
  return alerts.value.data.map(({ kind, subject, message }) => ({ kind, subject, message }));
};
const kinds = async () => (await open()).map(({ kind }) => kind);

test('a changed page is told at once and by its newest findings; a page that nobody sees is told the second time', async () => {
  expect(await lastPageCheck(house.as('viewer'))).toEqual({ ok: true, value: null });
  await note('as_signed');
  await note('not_looked', 'the browser did not start');
  expect(await kinds()).toEqual([]);
  await note('not_looked', 'the browser did not start.');
  expect(await kinds()).toEqual(['page_not_looked_at']);
  expect((await open())[0]?.message).toContain('was changed: the browser did not start. Mend');

  await note('differs', 'one', 'two', 'three', 'four', 'five');
  expect(await kinds()).toEqual(['page_changed']);
  expect((await open())[0]?.message).toContain('signed: one; two; three; and 2 more. If this is a release');
  await note('differs', 'x'.repeat(5000));
  const [told] = await open();
  expect(told?.message).toContain('signed: xxx');
  expect(told?.message.length).toBeLessThan(500);

  await note('as_signed');
  expect(await kinds(), 'that it was changed stays until a person has dealt with it').toEqual([
    'page_changed',
  ]);
  const last = await lastPageCheck(house.as('viewer'));
  expect(last).toMatchObject({
    ok: true,
    value: { result: 'as_signed', findings: [], lookedAt: expect.any(String) },
  });
  expect(await lastPageCheck(house.as('payer'))).toMatchObject({ ok: false });
});
