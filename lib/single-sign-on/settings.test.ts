import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../testing';
import { readSingleSignOn, saveSingleSignOn } from '.';
import { leave, SETTINGS, type TestProvider, testProvider } from './testing';

let house: TestHouse;
let provider: TestProvider;
let elsewhere: TestProvider;
beforeAll(async () => {
  [provider, elsewhere] = await Promise.all([testProvider(), testProvider()]);
  house = await testHouse({ sandboxUrl: provider.issuer });
});
afterAll(async () => {
  provider.close();
  elsewhere.close();
  await house.close();
});

const saving = (more: object = {}, ctx = house.as('owner')) =>
  saveSingleSignOn(ctx, { ...SETTINGS, issuer: provider.issuer, ...more });
const refused = (path: string, message: string) => ({
  error: { code: 'invalid', errors: [{ path, message: expect.stringContaining(message) }] },
});

test('only an owner who has just proved who they are says at which provider people sign in', async () => {
  for (const who of ['admin', 'agent', 'viewer', 'api'] as const) {
    expect(await readSingleSignOn(house.as(who))).toMatchObject({ error: { code: 'forbidden' } });
    expect(await saving({}, house.as(who))).toMatchObject({ error: { code: 'forbidden' } });
  }
  const { actor, ...rest } = house.as('owner');
  const stale = { ...rest, actor: { ...actor, verified: false } } as typeof rest & { actor: typeof actor };
  expect(await saving({}, stale)).toMatchObject({ error: { code: 'step_up_required' } });
});

test('a provider inside the network, of everybody, or none at all is refused with its reason, and none of its documents leads there', async () => {
  const addresses = {
    'http://127.0.0.1:9': 'https',
    'https://169.254.169.254/': 'not an IP address',
    'https://localhost/realms/one': 'full public host name',
    'https://login.microsoftonline.com/common/v2.0': 'your own organisation',
    [`${provider.issuer}/none`]: 'does not lead to a provider',
    [elsewhere.issuer]: 'https',
  };
  for (const [issuer, message] of Object.entries(addresses))
    expect(await saving({ issuer })).toMatchObject(refused('issuer', message));
  for (const name of ['token_endpoint', 'jwks_uri', 'authorization_endpoint']) {
    provider.metadata = { [name]: `${elsewhere.issuer}/token` };
    expect(await saving()).toMatchObject(refused('issuer', `its ${name} must be an https`));
  }
  provider.metadata = { issuer: elsewhere.issuer };
  expect(await saving()).toMatchObject(refused('issuer', 'does not lead to a provider'));
  provider.metadata = {};
  expect(await readSingleSignOn(house.as('owner'))).toEqual({ ok: true, value: null });
});

test('domains of anybody, of another merchant or of its people are refused; so are settings that let nobody in, or lock everybody out', async () => {
  const wrongs: [object, string, string][] = [
    [{ domains: ['gmail.com'] }, 'domains.0', 'anybody'],
    [{ domains: ['not a domain'] }, 'domains.0', 'is a domain like'],
    [{ domains: [] }, 'domains', 'at least one'],
    [{ roleClaim: null }, 'roleClaim', 'is needed'],
    [{ defaultRole: 'owner' }, 'defaultRole', ''],
  ];
  for (const [more, path, message] of wrongs)
    expect(await saving(more)).toMatchObject(refused(path, message));
  expect(await saving({}, house.stranger)).toMatchObject(refused('domains', 'another merchant'));
  await house.database.sql`update users set password_hash = null where role = 'owner'`;
  expect(await saving({ passwordAllowed: false })).toMatchObject(refused('passwordAllowed', 'way in'));
});

test('the secret is kept encrypted, never told, and given anew for another provider; each change is on record without it; of two at once one is told', async () => {
  const both = await Promise.all([saving(), saving()]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'version_mismatch' } });
  const { clientSecret, ...seen } = SETTINGS;
  expect(await readSingleSignOn(house.as('owner'))).toEqual({
    ok: true,
    value: { ...seen, issuer: provider.issuer, version: 1 },
  });
  const another = { version: 1, clientSecret: undefined };
  expect(await saving({ ...another, issuer: 'https://idp.example' })).toMatchObject(
    refused('clientSecret', 'is needed'),
  );
  expect(await saving({ ...another, enabled: false })).toMatchObject({
    value: { version: 2, enabled: false },
  });
  await expect(leave(house.as('owner'))).rejects.toThrow('not_set_up');
  expect(await saving({ ...another, version: 2, enabled: true })).toMatchObject({ value: { version: 3 } });
  expect((await leave(house.as('owner'))).query.get('client_id')).toBe('counterfoil');
  const { sql } = house.database;
  const kept = await sql`select client_secret from single_sign_on`;
  const told = await sql`select data from audit_entries where action = 'single_sign_on.update'`;
  expect(JSON.stringify([...kept, ...told])).not.toContain(clientSecret);
  expect(told.map(({ data }) => data)).toEqual(
    expect.arrayContaining([
      { enabled: { from: true, to: false } },
      expect.objectContaining({ clientSecret: 'replaced' }),
    ]),
  );
});
