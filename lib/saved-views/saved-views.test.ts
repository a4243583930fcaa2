import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '../context';
import { type TestHouse, testHouse } from '../testing';
import { changeView, deleteView, readListViews, saveListLook, saveView } from '.';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const UNSENT = { channel: 'none', period: '7' };
async function keep(ctx: Ctx, name: string, more: object = {}): Promise<string> {
  const kept = await saveView(ctx, { name, filter: UNSENT, shared: false, ...more });
  if (!kept.ok) throw new Error(kept.error.message);
  return kept.value.id;
}
async function seen(ctx: Ctx): Promise<string[]> {
  const read = await readListViews(ctx);
  return read.ok ? read.value.views.map(({ name, mayChange }) => `${name}${mayChange ? '*' : ''}`) : [];
}
const codeOf = (outcome: { ok: boolean; error?: { code: string } }) => outcome.error?.code ?? 'ok';

test('a view is its person’s own; shown to everybody it is for owners and admins to change', async () => {
  const [agent, viewer] = [house.as('agent'), house.as('viewer')];
  const [admin, owner] = [house.as('admin'), house.as('owner')];
  const own = await keep(agent, 'Mine');
  const all = await keep(admin, 'Unsent', { shared: true });
  expect(await seen(agent)).toEqual(['Mine*', 'Unsent']);
  expect(await seen(viewer)).toEqual(['Unsent']);
  expect(await seen(owner)).toEqual(['Unsent*']);
  expect(codeOf(await changeView(owner, own, { name: 'Ours' }))).toBe('not_found');
  expect(codeOf(await deleteView(agent, all))).toBe('forbidden');
  expect(codeOf(await changeView(agent, own, { shared: true }))).toBe('forbidden');
  expect(codeOf(await saveView(agent, { name: 'For all', filter: {}, shared: true }))).toBe('forbidden');
  expect(await seen(house.stranger)).toEqual([]);
  expect(codeOf(await deleteView(house.stranger, all))).toBe('not_found');
  expect(codeOf(await changeView(owner, all, { name: 'Never sent', filter: { channel: 'none' } }))).toBe(
    'ok',
  );
  expect(codeOf(await deleteView(agent, own))).toBe('ok');
  expect(await seen(agent)).toEqual(['Never sent']);
  const rows = await house.database
    .sql`select action, data::text from audit_entries where subject in (${own}, ${all})`;
  expect(rows.map(({ action }) => action).sort()).toEqual([
    ...['saved_view.create', 'saved_view.create', 'saved_view.delete', 'saved_view.update'],
  ]);
});

test.each([
  ['words that name a customer', { q: 'ada@example.com' }],
  ['what no order answers', { sort: 'paid', agent: 'user_01kb1v3q5sezqv4x0c9w6y2m8n' }],
  ['no period', { period: 'yesterday' }],
  ['no filter', { colour: 'green' }],
])('a view never holds %s', async (_what, filter) => {
  const [view, ctx] = [{ name: `V ${JSON.stringify(filter)}`, filter, shared: false }, house.as('viewer')];
  expect(codeOf(await saveView(ctx, view))).toBe('invalid');
  expect(codeOf(await saveView(ctx, { ...view, name: '4242 4242 4242 4242' }))).toBe('card_number_refused');
});

test('fifty views at the most, of different names, also when all are saved at once', async () => {
  const ctx = house.as('viewer');
  await house.database.sql`insert into saved_views (merchant_id, id, user_id, name, filter)
    select merchant_id, gen_random_uuid(), id, 'n' || i, '{}' from users, generate_series(1, 47) i
    where email = 'viewer@juniper.example'`;
  const names = ['N47', 'o1', 'O1', 'o2', 'o3', 'o4'];
  const saved = names.map((name) => saveView(ctx, { name, filter: {}, shared: false }));
  const codes = (await Promise.all(saved)).map(codeOf);
  expect(codes.filter((code) => code === 'ok')).toHaveLength(3);
  const own = (await seen(ctx)).filter((name) => name.endsWith('*'));
  expect(new Set(own.map((name) => name.toLowerCase())).size).toBe(50);
});

test('how the list looks is kept for its person alone', async () => {
  const look = { hidden: ['created' as const], dense: true, keys: false };
  expect(await saveListLook(house.as('agent'), look)).toEqual({ ok: true, value: true });
  const rows = await house.database.sql`select role, list_look from users where list_look is not null`;
  expect(rows).toEqual([{ role: 'agent', list_look: look }]);
  expect(codeOf(await saveListLook(house.as('agent'), { ...look, hidden: ['amount'] }))).toBe('invalid');
  expect(codeOf(await saveListLook(house.as('api'), look))).toBe('forbidden');
});
