import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { keyRingText, parseDataKey } from '@/lib/key-ring';
import { parseLinkTokenKeys, readLinkToken } from '@/lib/link-tokens';
import { reencrypt } from '@/lib/operations/data-key';
import { createPaymentLink } from '@/lib/payment-links';
import { testHouse } from '@/lib/testing';
import type { Installation } from '../launcher/installation';
import { publicHalves, type Secrets, signing } from '../launcher/secrets';
import { changedAt, writeVariable } from './env-file';
import { KIND_NAMES, KINDS, keysOf, prepared, rotated, textOf } from './kinds';
import { standingOf } from './standing';

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const begin = (name: (typeof KIND_NAMES)[number]): string => {
  const made = KINDS[name].make();
  return name === 'link-tokens' ? `1:${made}` : made;
};

test('a new key stands in front and the old one behind it, for every kind; prepared, it is known before it is used', () => {
  for (const name of KIND_NAMES) {
    const kind = KINDS[name];
    const first = keysOf(kind, begin(name));
    const turned = rotated(kind, first, false);
    expect(turned.map(({ id }) => id)[1], name).toBe(first[0]?.id);
    expect(keysOf(kind, textOf(turned))).toEqual(turned);
    const known = prepared(kind, first);
    expect(known[0]).toEqual(first[0]);
    expect(rotated(kind, known, true)).toEqual([known[1], first[0]]);
    expect(() => rotated(kind, first, true)).toThrow('is prepared');
    if (kind.hasNumbers) expect(() => rotated(kind, turned, true), name).toThrow('is prepared');
    for (const { id, text } of turned) expect(id).not.toContain(text.slice(-20));
  }
  const two = rotated(KINDS.auth, keysOf(KINDS.auth, 'one'), false);
  expect(() => rotated(KINDS.auth, two, false)).toThrow('two keys already');
  const pair = textOf(rotated(KINDS.tickets, keysOf(KINDS.tickets, begin('tickets')), false));
  expect(publicHalves('TICKET_SIGNING_KEY', pair).split(',')).toHaveLength(2);
  expect(signing(pair)).toBe(pair.split(',')[0]);
});

test('a variable is written in one step, the file as it was stays beside it, and a value that is not in use is left', () => {
  const path = join(folder, '.env');
  const before = '# mine\nPORTAL_URL=https://a.example\nNEXTAUTH_SECRET="one"\nLOG_LEVEL=info\n';
  writeFileSync(path, before, { mode: 0o644 });
  const at = new Date('2026-11-28T10:00:00Z');
  const copy = writeVariable(path, { name: 'NEXTAUTH_SECRET', from: 'one', to: '$&two,one' }, at);
  expect(readFileSync(path, 'utf8')).toBe(
    before.replace(
      'NEXTAUTH_SECRET="one"',
      () => '# NEXTAUTH_SECRET changed 2026-11-28T10:00:00Z\nNEXTAUTH_SECRET=$&two,one',
    ),
  );
  expect([statSync(path).mode & 0o777, statSync(String(copy)).mode & 0o777]).toEqual([0o640, 0o600]);
  expect(readFileSync(String(copy), 'utf8')).toBe(before);
  expect(changedAt(path, 'NEXTAUTH_SECRET')).toBe('2026-11-28T10:00:00Z');
  writeVariable(
    path,
    { name: 'NEXTAUTH_SECRET', from: '$&two,one', to: 'two' },
    new Date('2026-11-29T10:00:00Z'),
  );
  expect(readFileSync(path, 'utf8').match(/changed/g)).toHaveLength(1);
  expect(() => writeVariable(path, { name: 'NEXTAUTH_SECRET', from: 'other', to: 'x' }, at)).toThrow(
    'than is in use',
  );
  const fresh = join(folder, 'new.env');
  expect(writeVariable(fresh, { name: 'LINK_TOKEN_KEYS', from: 'x', to: '2:a,1:b' }, at)).toBeNull();
  expect(changedAt(fresh, 'LINK_TOKEN_KEYS')).not.toBeNull();
  expect(readdirSync(folder).filter((name) => name.endsWith(String(process.pid)))).toEqual([]);
});

test('only the line that is read is changed: not a comment that reads the same, nor the empty lines behind it', () => {
  const path = join(folder, 'commented.env');
  writeFileSync(
    path,
    '# LINK_TOKEN_KEYS=1:a\nLINK_TOKEN_KEYS=1:a\nNEXTAUTH_SECRET=\n\nLINK_TOKEN_KEYS=1:a\n\n\nLOG_LEVEL=info\n',
  );
  const at = new Date('2026-11-28T10:00:00Z');
  writeVariable(path, { name: 'LINK_TOKEN_KEYS', from: '1:a', to: '2:b,1:a' }, at);
  writeVariable(path, { name: 'NEXTAUTH_SECRET', from: 'one', to: 'two,one' }, at);
  const changed = (name: string) => `# ${name} changed 2026-11-28T10:00:00Z`;
  expect(readFileSync(path, 'utf8').split('\n')).toEqual([
    ...[
      '# LINK_TOKEN_KEYS=1:a',
      'LINK_TOKEN_KEYS=1:a',
      changed('NEXTAUTH_SECRET'),
      'NEXTAUTH_SECRET=two,one',
      '',
    ],
    ...[changed('LINK_TOKEN_KEYS'), 'LINK_TOKEN_KEYS=2:b,1:a', '', '', 'LOG_LEVEL=info', ''],
  ]);
});

test('links of before and after a change open; the old key stays while one of them does, and the data key until all is written anew', async () => {
  const house = await testHouse();
  try {
    const { config } = house.services;
    const secrets = {
      LINK_TOKEN_KEYS: keyRingText({ first: 1, byId: config.linkTokenKeys.byId }),
      DATA_ENCRYPTION_KEY: keyRingText(config.dataKey),
    } as Secrets;
    const open = { secrets, services: house.services } as Installation;
    const standing = (name: 'link-tokens' | 'data') => standingOf(open, name, () => null);
    const issue = async () => {
      const link = await createPaymentLink(house.as('agent'), {
        ...{ amountMinor: 100, currency: 'GBP', description: 'x' },
      });
      return link.ok ? (String(link.value.url).split('/pay/')[1] ?? '') : '';
    };
    const old = await issue();
    const kind = KINDS['link-tokens'];
    const turned = rotated(kind, keysOf(kind, secrets.LINK_TOKEN_KEYS), false);
    secrets.LINK_TOKEN_KEYS = textOf(turned);
    config.linkTokenKeys = parseLinkTokenKeys(secrets.LINK_TOKEN_KEYS);
    const fresh = await issue();
    expect([old, fresh].map((token) => readLinkToken(config.linkTokenKeys, token)?.keyId)).toEqual([1, 2]);
    expect((await standing('link-tokens')).holds).toMatch(/^Open links under an older key: 1\./);
    await setClock(house.services.db, 90 * 86_400);
    expect(await standing('link-tokens')).toMatchObject({
      holds: null,
      loses: expect.stringMatching(/: 1\.$/),
    });

    secrets.DATA_ENCRYPTION_KEY = textOf(
      rotated(KINDS.data, keysOf(KINDS.data, secrets.DATA_ENCRYPTION_KEY), false),
    );
    config.dataKey = parseDataKey(secrets.DATA_ENCRYPTION_KEY);
    expect((await standing('data')).holds).toMatch(
      /Under an older key still: gateway_accounts.gateway_secret 2/,
    );
    await reencrypt(house.services);
    expect(await standing('data')).toMatchObject({ holds: null, loses: null });
  } finally {
    await house.close();
  }
});
