import { afterEach, expect, test, vi } from 'vitest';
import { ReadError } from '../../_parts/live';
import { AgentClient, openingOf } from './client';

type Call = { path: string; bearer: string | null; credentials: string | undefined };
const calls: Call[] = [];

/** A portal that takes only the newest access token, and each refresh once. */
function portal(good: { access: string; refresh: string }) {
  calls.length = 0;
  let turn = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const bearer = new Headers(init.headers).get('authorization');
    calls.push({ path, bearer, credentials: init.credentials });
    if (path.endsWith('/token')) {
      const { refresh } = JSON.parse(String(init.body)) as { refresh?: string };
      if (refresh !== good.refresh) return problem(401, 'unauthenticated');
      turn++;
      good.access = `a${turn}`;
      good.refresh = `r${turn}`;
      return Response.json({ accessToken: good.access, refreshToken: good.refresh, expiresIn: 900 });
    }
    return bearer === `Bearer ${good.access}` ? Response.json({ ok: 1 }) : problem(401, 'unauthenticated');
  });
}
const problem = (status: number, code: string) =>
  Response.json({ code, detail: 'No.', errors: [] }, { status });

afterEach(() => vi.unstubAllGlobals());

test('a bearer that is no longer taken is renewed once, for all that wait for it', async () => {
  portal({ access: 'new', refresh: 'r0' });
  const client = new AgentClient(true);
  await client.open({ token: 'old', refresh: 'r0' });
  await Promise.all([client.read('/context'), client.read('/call'), client.act('/lookup', {})]);
  expect(calls.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
  expect(calls.every(({ credentials }) => credentials === 'omit')).toBe(true);
});

test('where the refresh is not taken either the desk is over, and says so', async () => {
  portal({ access: 'new', refresh: 'other' });
  const client = new AgentClient(true);
  await client.open({ token: 'old', refresh: 'r0' });
  await expect(client.read('/context')).rejects.toThrow(/Open it anew/);
  expect(await client.act('/lookup', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
});

test('a signed-in desk sends no bearer, and an expired sign-in is told as one', async () => {
  portal({ access: 'a', refresh: 'r' });
  const error = await new AgentClient(false).read('/context').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ReadError);
  expect(error).toMatchObject({ error: { code: 'unauthenticated' } });
  expect(calls).toMatchObject([{ bearer: null, credentials: 'same-origin' }]);
});

test('no answer to an act is told as not known', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('network');
  });
  const outcome = await new AgentClient(false).act('/sessions', {});
  expect(outcome).toMatchObject({ error: { message: expect.stringContaining('Look whether it was done') } });
  const keyed = await new AgentClient(false).act('/sessions', {}, 'key 1');
  expect(keyed).toMatchObject({ error: { message: expect.stringContaining('it is done once') } });
});

test('a frame is opened by a launch, or by a token with its refresh, and by nothing else', () => {
  expect(openingOf('#launch=cfl_1')).toEqual({ launch: 'cfl_1' });
  expect(openingOf('#token=cfa_1&refresh=cfr_1')).toEqual({ token: 'cfa_1', refresh: 'cfr_1' });
  expect(openingOf('#token=cfa_1')).toBeNull();
  expect(openingOf('')).toBeNull();
});
