import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '@/db/testing';
import { sealAudit, verifyAudit } from '../../audit';
import { sealTotp } from '../../auth/factors/totp';
import type { Config, Services } from '../../context';
import { keepCredentials } from '../../crm/credentials';
import { seal, sha256, unseal } from '../../crypto';
import { audit } from '../../events/audit';
import { sealLookupSecret } from '../../form-lookups/internal';
import { sealGatewaySecret, sealNotificationSecret } from '../../gateways';
import { idempotently } from '../../idempotency';
import { type KeyRing, newKeyRing } from '../../key-ring';
import { hideOptOut, optOut, optOutOf } from '../../opt-outs/internal';
import { sourceContext } from '../../payment-sessions/secure';
import { sealClientSecret } from '../../single-sign-on/provider';
import { sealTelephonySecrets } from '../../telephony';
import { type TestHouse, testHouse } from '../../testing';
import { newSigner, sealHeaders } from '../../webhooks/internal';
import { backup, restore } from '../backup';
import { dataKeyUse, missingKeys, nameOf, reencrypt } from '.';
import { SEALED_COLUMNS } from './sealed-columns';

let house: TestHouse;
beforeEach(async () => {
  house = await testHouse({ notificationSecrets: 'whsec_one whsec_two' });
});
afterEach(() => house.close());

/** The ring after a change: a new key, and behind it what was there. */
const changed = ({ byId }: KeyRing): KeyRing => ({
  first: 1,
  byId: new Map([...newKeyRing(1).byId, ...byId]),
});
const only = ({ byId }: KeyRing, id: number): KeyRing => ({
  first: id,
  byId: new Map([...byId].filter(([one]) => one === id)),
});
/** A process with other keys. */
const withKeys = (dataKey: KeyRing): Services => ({
  ...house.services,
  config: { ...house.services.config, dataKey },
});
const ids = async () => [...new Set((await dataKeyUse(house.services)).map(({ id }) => id))];

/** Stored answers, which are what there is most of, as they were kept before keys had numbers. */
async function answer(count: number): Promise<void> {
  const { merchantId, services, database } = house;
  const rows = Array.from({ length: count }, (_, i) => {
    const key = { merchant_id: merchantId, path: '/x', key: `key ${i}` };
    const context = `idempotency:${merchantId}:/x:key ${i}`;
    const sealed = seal(services.config.dataKey, `{"answer":${i}}`, context);
    return { ...key, request_hash: sha256('same'), status: 201, answer: sealed };
  });
  await database.sql`insert into idempotency_keys ${database.sql(rows)}`;
}
const replayed = async (services: Services, key: string) => {
  const again = async () => ({ status: 500, body: 'done twice' });
  return idempotently({ ...house.as('api'), ...services }, { path: '/x', key, body: 'same' }, again);
};

test('what is under the old key is read with both, broken off half-way while it is written anew, and then opens with the new one alone', async () => {
  await answer(250);
  const old = house.services.config.dataKey;
  const ring = changed(old);
  const both = withKeys(ring);
  const told = { kind: 'answer', replayed: true, answer: { body: '{"answer":7}' } };
  expect(await replayed(both, 'key 7')).toMatchObject(told);

  let parts = 0;
  const breakOff = async () => {
    parts += 1;
    if (parts === 3) throw new Error('broken off');
  };
  await expect(reencrypt(both, breakOff)).rejects.toThrow('broken off');
  expect((await ids()).sort()).toEqual([0, 1]);
  expect(await replayed(both, 'key 7'), 'between the two').toMatchObject(told);
  const left = (await dataKeyUse(house.services)).reduce(
    (sum, { id, count }) => sum + (id === 0 ? count : 0),
    0,
  );
  expect(await reencrypt(both)).toEqual({ rows: left, unreadable: [] });
  expect(await ids()).toEqual([1]);
  expect(await replayed(withKeys(only(ring, 1)), 'key 7')).toMatchObject(told);
  await expect(replayed(house.services, 'key 7')).rejects.toThrow('has no key 1');
  expect(await reencrypt(both), 'a second time there is nothing to do').toEqual({ rows: 0, unreadable: [] });
});

/** What the product itself seals for a row of each column. */
function sealedByProduct(config: Config): Record<string, string | null> {
  const { dataKey } = config;
  const own = { merchantId: 1, id: 'x' };
  const signer = newSigner(dataKey, own, 's');
  const phone = sealTelephonySecrets(config, own, { secret: 's', notificationSecret: 's' });
  const credential = (of: 'write_back' | 'form_lookup') => {
    const input = { kind: 'header', name: 'key', value: 's' } as const;
    const kept = keepCredentials(
      dataKey,
      { merchantId: 1, of, id: 'x' },
      { input, url: 'https://a.example' },
      null,
    );
    return kept.ok ? kept.value.credentialSecret : null;
  };
  return {
    'gateway_accounts.gateway_secret': sealGatewaySecret(config, 1, 'x', 's'),
    'gateway_accounts.notification_secret': sealNotificationSecret(config, 1, 'x', 's'),
    'webhook_endpoints.secret': signer.secret,
    'webhook_endpoints.previous_secret': signer.secret,
    'webhook_endpoints.signing_key': signer.signingKey,
    'webhook_endpoints.previous_signing_key': signer.signingKey,
    'webhook_endpoints.headers': sealHeaders(dataKey, own, { a: 'b' }).headers,
    'webhook_endpoints.credential_secret': credential('write_back'),
    'form_lookups.secret': sealLookupSecret(dataKey, { merchantId: 1, profileId: 'x' }, 's'),
    'form_lookups.credential_secret': credential('form_lookup'),
    'telephony_accounts.secret': phone.secret,
    'telephony_accounts.notification_secret': phone.notificationSecret,
    'authenticator_apps.secret': sealTotp(config, own, 's'),
    'payment_sessions.capture_source': seal(dataKey, 's', sourceContext(own)),
    'single_sign_on.client_secret': sealClientSecret(config, 1, 's'),
    'idempotency_keys.answer': seal(dataKey, 's', 'idempotency:1:x:x'),
    'kept_keys.sealed': seal(dataKey, 's', 'kept_key:x'),
  };
}

test('every column is opened as the product binds what it writes there', () => {
  const { config } = house.services;
  const made = sealedByProduct(config);
  const key = { merchantId: 1, id: 'x', profileId: 'x', path: 'x', key: 'x', name: 'x' };
  expect(SEALED_COLUMNS.map(nameOf).sort()).toEqual(Object.keys(made).sort());
  for (const column of SEALED_COLUMNS)
    expect(
      unseal(config.dataKey, made[nameOf(column)] ?? '', column.contextOf(key)),
      nameOf(column),
    ).toBeTruthy();
});

test('every file of lib that encrypts is known: its column is in the list, or what it makes does not last', () => {
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      /(?<!\.test)\.ts$/.test(file) &&
      /import \{[^}]*\bseal\b[^}]*\} from '[./]*\/crypto'/.test(readFileSync(path.join('lib', file), 'utf8')),
  );
  const columns = [
    'crm/credentials',
    'form-lookups/internal',
    'gateways/index',
    'idempotency/index',
    'kept-keys/index',
  ];
  const more = [
    'auth/factors/totp',
    'payment-sessions/secure',
    'single-sign-on/provider',
    'telephony/index',
    'webhooks/internal',
  ];
  const passing = [
    'auth/factors/own',
    'auth/factors/passkey',
    'staff-letters/queue',
    'operations/data-key/index',
  ];
  expect(files.sort()).toEqual([...columns, ...more, ...passing].map((file) => `${file}.ts`).sort());
});

test('the audit trail and the wishes of who was erased outlive the key that they began with', async () => {
  const old = house.services.config.dataKey;
  const ctx = house.as('admin');
  const to = { channel: 'sms', recipient: '+447700900123' } as const;
  await optOut(ctx, ctx.db, to, 'staff');
  await hideOptOut(ctx, ctx.db, to);
  await sealAudit(house.services);
  const ring = changed(old);
  await reencrypt(withKeys(ring));
  const fresh = withKeys(only(ring, 1));
  expect(await optOutOf(fresh, ctx.db, ctx.merchantId, to)).toMatchObject({ how: 'staff' });
  await audit(ctx, ctx.db, 'opt_out.lift', 'x');
  expect(await sealAudit(fresh)).toMatchObject({ count: 1 });
  expect(await verifyAudit(fresh)).toMatchObject({ entries: 2, faults: [] });
});

test('what is kept for good is never made from a newer key than the first: without that nothing is written anew', async () => {
  const [ctx, old] = [house.as('admin'), house.services.config.dataKey];
  await audit(ctx, ctx.db, 'opt_out.lift', 'x');
  await sealAudit(house.services);
  const ring = changed(old);
  await expect(reencrypt(withKeys(only(ring, 1)))).rejects.toThrow('under key 0 of DATA_ENCRYPTION_KEY');
  expect(await reencrypt(withKeys(ring))).toMatchObject({ unreadable: [] });
  expect(await verifyAudit(withKeys(only(ring, 1)))).toMatchObject({ entries: 1, faults: [] });
});

test('a value that no key opens is told of and left as it is', async () => {
  const ring = changed(house.services.config.dataKey);
  await house.database
    .sql`update gateway_accounts set gateway_secret = 'AAAA' where merchant_id = ${house.merchantId}`;
  expect(await reencrypt(withKeys(ring))).toMatchObject({
    unreadable: ['gateway_accounts.gateway_secret: 1'],
  });
  expect((await ids()).sort()).toEqual([0, 1]);
});

test('a backup of before a change is restored while its key stands behind the new one; without it, that is said', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-test-'));
  const file = path.join(folder, 'before.backup');
  const target = await testDatabase({ max: 2 });
  try {
    await answer(3);
    const old = house.services.config.dataKey;
    await backup(house.database.sql, { file, secret: old });
    const ring = changed(old);
    await target.sql`truncate cf_test_clock`;
    const [without, both] = [
      { file, secret: only(ring, 1) },
      { file, secret: ring },
    ];
    await expect(restore(target.sql, without)).rejects.toThrow('under key 0 of DATA_ENCRYPTION_KEY');
    await restore(target.sql, both);
    const restored = { ...withKeys(ring), db: target.db };
    expect(await missingKeys({ ...withKeys(only(ring, 1)), db: target.db })).toEqual([0]);
    expect(await missingKeys(restored)).toEqual([]);
    expect(await reencrypt(restored)).toMatchObject({ unreadable: [] });
    expect(new Set((await dataKeyUse(restored)).map(({ id }) => id))).toEqual(new Set([1]));
  } finally {
    await target.close();
    rmSync(folder, { recursive: true });
  }
});
