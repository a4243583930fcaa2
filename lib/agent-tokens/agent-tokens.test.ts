import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { agentTokens, auditEntries, merchants, users } from '@/db/schema';
import { setClock } from '@/db/testing';
import { createApiKey, revokeApiKey } from '../api-clients';
import type { Ctx } from '../context';
import { newId } from '../ids';
import { purge } from '../retention';
import { type TestHouse, testHouse } from '../testing';
import { agentCtxFromBearer, exchangeAgentToken, issueAgentLaunch, issueSessionTokens } from '.';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const from = { requestId: 'req_test', address: '192.0.2.1' };
const EMAIL = 'agent@juniper.example';
const GONE = { ok: false, error: { code: 'unauthenticated' } };

async function launch(agent = EMAIL, more: object = {}, ctx: Ctx = house.as('api')) {
  const made = await issueAgentLaunch(ctx, { agent, ...more });
  if (!made.ok) throw new Error(made.error.message);
  const url = new URL(made.value.url);
  return { ...made.value, at: url, token: url.hash.replace('#launch=', '') };
}
const exchange = (given: object) => exchangeAgentToken(house.services, given, from);
async function pair(given: object) {
  const outcome = await exchange(given);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}
const desk = async (agent?: string) => pair({ launch: (await launch(agent)).token });
const acts = (bearer: string) => agentCtxFromBearer(house.services, bearer, from);

test('a launch opens the desk of a user of this merchant, once, within five minutes', async () => {
  const { db } = house.services;
  const made = await launch(EMAIL.toUpperCase(), { call: 'call-1', reference: 'order & 1' });
  expect(made).toMatchObject({ object: 'agent_launch', agent: { name: 'Test agent' } });
  expect([made.at.origin, made.at.pathname]).toEqual([house.services.config.portalUrl, '/agent-frame']);
  expect(Object.fromEntries(made.at.searchParams)).toEqual({ call: 'call-1', reference: 'order & 1' });
  const tokens = await pair({ launch: made.token });
  expect(tokens).toMatchObject({ expiresIn: 900, accessToken: expect.stringMatching(/^cfa_[\w-]{43}$/) });
  const { actor } = house.as('agent');
  const own = {
    kind: 'agent',
    id: 'id' in actor && actor.id,
    name: 'Test agent',
    line: EMAIL,
    session: null,
  };
  expect(await acts(tokens.accessToken)).toMatchObject({
    ok: true,
    value: { merchantId: house.merchantId, actor: own },
  });
  expect(await exchange({ launch: made.token })).toMatchObject(GONE);
  const late = await launch();
  await setClock(db, 301);
  expect(await exchange({ launch: late.token })).toMatchObject(GONE);
  const kept = JSON.stringify(await db.select().from(agentTokens));
  for (const token of [made.token, tokens.accessToken, tokens.refreshToken])
    expect(kept).not.toContain(token);
});

test('each issue is audited, and an exchange as the act of the agent', async () => {
  const tokens = await desk('seat 7');
  expect((await acts(tokens.accessToken)).ok).toBe(true);
  const rows = await house.services.db
    .select({ by: auditEntries.actorKind, data: auditEntries.data })
    .from(auditEntries)
    .where(eq(auditEntries.action, 'agent_token.issue'));
  const told = rows.filter(({ data }) => (data as { agent: string }).agent === 'seat 7');
  expect(told.map(({ by, data }) => [by, (data as { kind: string }).kind]).sort()).toEqual([
    ['agent', 'access'],
    ['agent', 'refresh'],
    ['api_client', 'launch'],
  ]);
});

test('an agent that is nobody here is taken as another system names them; a token is good for its own kind alone', async () => {
  const tokens = await desk('seat 9');
  const actor = { kind: 'agent', id: 'seat 9', name: 'seat 9', line: 'seat 9', session: null };
  expect(await acts(tokens.accessToken)).toMatchObject({ value: { actor } });
  expect(await acts(tokens.refreshToken)).toMatchObject(GONE);
  expect(await exchange({ launch: tokens.refreshToken })).toMatchObject(GONE);
  expect(await exchange({ refresh: tokens.accessToken })).toMatchObject(GONE);
  expect(await acts(`cfa_${'A'.repeat(43)}`)).toMatchObject(GONE);
  expect(await exchange({})).toMatchObject({ ok: false, error: { code: 'invalid' } });
});

test('an access token ends after 15 minutes, and its refreshes together after 12 hours', async () => {
  const { db } = house.services;
  const first = await desk();
  await setClock(db, 901);
  expect(await acts(first.accessToken)).toMatchObject(GONE);
  await setClock(db, 43_000);
  const second = await pair({ refresh: first.refreshToken });
  expect((await acts(second.accessToken)).ok).toBe(true);
  await setClock(db, 43_201);
  expect(await acts(second.accessToken)).toMatchObject(GONE);
  expect(await exchange({ refresh: second.refreshToken })).toMatchObject(GONE);
  expect(await purge(house.services, 1_000)).toBeGreaterThan(3);
  expect(await db.select().from(agentTokens)).toHaveLength(0);
});

test('a refresh is good once: a page that asks twice at once, or whose answer was lost, goes on; a copy used later ends all of them', async () => {
  const { db } = house.services;
  const first = await desk();
  const other = await desk('seat 9');
  const twice = await Promise.all([1, 2, 3].map(() => exchange({ refresh: first.refreshToken })));
  await setClock(db, 8);
  const lost = await pair({ refresh: first.refreshToken });
  const [next = first, ...more] = twice.flatMap((one) => (one.ok ? [one.value] : []));
  for (const { accessToken } of [next, ...more, lost]) expect((await acts(accessToken)).ok).toBe(true);
  expect(more).toHaveLength(2);
  await setClock(db, 11);
  expect(await exchange({ refresh: first.refreshToken })).toMatchObject(GONE);
  for (const { accessToken } of [next, lost]) expect(await acts(accessToken)).toMatchObject(GONE);
  expect(await exchange({ refresh: next.refreshToken })).toMatchObject(GONE);
  expect((await acts(other.accessToken)).ok).toBe(true);
  const noted = await db.select().from(auditEntries).where(eq(auditEntries.action, 'agent_token.reused'));
  expect(noted).toHaveLength(1);
});

test('tokens for one session act on it alone, and so do those they are refreshed into', async () => {
  const ctx = house.as('api');
  const sessionId = newId('paymentSession');
  const holder = { agentId: 'seat 3', agentName: 'Sam', agentLine: 'line 3', sessionId };
  const tokens = await house.services.db.transaction((tx) => issueSessionTokens(ctx, tx, holder));
  expect(tokens.expiresInSeconds).toBe(900);
  const next = await pair({ refresh: tokens.refreshToken });
  const actor = { kind: 'agent', id: 'seat 3', name: 'Sam', line: 'line 3', session: sessionId };
  for (const { accessToken } of [tokens, next])
    expect(await acts(accessToken)).toMatchObject({ value: { actor } });
});

test('who takes no payments is refused, at once: a viewer, a user without the button or disabled, a merchant without it', async () => {
  const { db } = house.services;
  const forbidden = { ok: false, error: { code: 'forbidden' } };
  const tokens = await desk();
  const refused = async () => {
    expect(await acts(tokens.accessToken)).toMatchObject(forbidden);
    expect(await issueAgentLaunch(house.as('api'), { agent: EMAIL })).toMatchObject(forbidden);
  };
  const set = (values: Partial<typeof users.$inferInsert>) =>
    db.update(users).set(values).where(eq(users.email, EMAIL));
  await set({ buttonEnabled: false });
  await refused();
  await set({ buttonEnabled: true, disabledAt: new Date() });
  await refused();
  await set({ disabledAt: null });
  expect((await acts(tokens.accessToken)).ok).toBe(true);
  const merchant = eq(merchants.id, house.merchantId);
  await db.update(merchants).set({ buttonEnabled: false }).where(merchant);
  await refused();
  expect(await exchange({ refresh: tokens.refreshToken })).toMatchObject(forbidden);
  await db.update(merchants).set({ buttonEnabled: true }).where(merchant);
  // What was refused for the button was not spent.
  expect((await exchange({ refresh: tokens.refreshToken })).ok).toBe(true);
  expect(await issueAgentLaunch(house.as('api'), { agent: 'viewer@juniper.example' })).toMatchObject(
    forbidden,
  );
});

test('whoever an API key has let in is out once it is revoked, and nobody else is', async () => {
  const made = await createApiKey(house.as('owner'), { name: 'CRM', scopes: ['payment_sessions:create'] });
  if (!made.ok) throw new Error(made.error.message);
  const crm: Ctx = {
    ...house.as('api'),
    actor: { kind: 'api_client', id: made.value.id, name: 'CRM', scopes: ['payment_sessions:create'] },
  };
  const [theirs, ours] = [
    await pair({ launch: (await launch('seat 5', {}, crm)).token }),
    await desk('seat 5'),
  ];
  const unused = await launch('seat 5', {}, crm);
  const again = await pair({ refresh: theirs.refreshToken });
  expect((await revokeApiKey(house.as('owner'), made.value.id)).ok).toBe(true);
  for (const { accessToken } of [theirs, again]) expect(await acts(accessToken)).toMatchObject(GONE);
  expect(await exchange({ refresh: again.refreshToken })).toMatchObject(GONE);
  expect(await exchange({ launch: unused.token })).toMatchObject(GONE);
  expect((await acts(ours.accessToken)).ok).toBe(true);
});

test('a launch is for API clients with the scope; another merchant’s user is no user here', async () => {
  const forbidden = { ok: false, error: { code: 'forbidden' } };
  for (const ctx of [house.as('owner'), house.as('agent'), house.as('api', ['payment_links:create'])])
    expect(await issueAgentLaunch(ctx, { agent: EMAIL })).toMatchObject(forbidden);
  const theirs: Ctx = { ...house.as('api'), merchantId: house.stranger.merchantId };
  const made = await launch(EMAIL, {}, theirs);
  expect(made.agent).toEqual({ id: EMAIL, name: EMAIL });
  const acting = await acts((await pair({ launch: made.token })).accessToken);
  expect(acting).toMatchObject({ value: { merchantId: house.stranger.merchantId } });
  const card = await issueAgentLaunch(house.as('api'), { agent: '4242 4242 4242 4242' });
  expect(card).toMatchObject({ ok: false, error: { code: 'card_number_refused' } });
});
