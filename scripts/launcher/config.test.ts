import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { readConfig } from './config';
import { loadSecrets, publicHalves } from './secrets';
import { temporaryFolder } from './testing';

afterEach(() => vi.unstubAllEnvs());

function configWith(environment: Record<string, string>) {
  const own = [
    'HOST',
    'DATABASE_URL',
    'COUNTERFOIL_MODE',
    'PORTAL_URL',
    'CARD_URL',
    'SANDBOX_URL',
    'PORTAL_PORT',
  ];
  for (const name of own) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries({ DATA_DIR: temporaryFolder(), ...environment })) {
    vi.stubEnv(name, value);
  }
  return readConfig(environment.ROOT ?? process.cwd(), false);
}

test('addresses follow the ports unless they are set', () => {
  const config = configWith({ PORTAL_PORT: '4100', CARD_URL: 'https://card.example.com' });
  expect(config.urls).toEqual({
    portal: 'http://localhost:4100',
    card: 'https://card.example.com',
    sandbox: 'http://localhost:3002',
  });
  expect(config.mode).toBe('demo');
});

test.each([
  [{ PORTAL_PORT: '70000' }, /^PORTAL_PORT is "70000"/],
  [{ PORTAL_PORT: '3001' }, /must differ/],
  [{ CARD_URL: 'http://localhost:3000' }, /another origin/],
  [{ PORTAL_URL: 'pay.example.com' }, /^PORTAL_URL is "pay.example.com"/],
  [{ PORTAL_URL: 'https://example.com/pay' }, /without a path/],
  [{ COUNTERFOIL_MODE: 'live' }, /demo or production/],
  [{ DATABASE_URL: 'localhost' }, /^DATABASE_URL is not an address/],
  [{ COUNTERFOIL_MODE: 'production', PORTAL_URL: 'http://pay.example.com' }, /needs https/],
])('a mistake is named: %o', (environment, sentence) => {
  expect(() => configWith(environment)).toThrow(sentence);
});

test('a demo makes its secrets once, and nobody else may read them', () => {
  const config = configWith({});
  const secrets = loadSecrets(config);
  expect(loadSecrets(config)).toEqual(secrets);
  expect(statSync(join(config.dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
  expect(publicHalves('CARD_SIGNING_KEY', secrets.CARD_SIGNING_KEY)).toMatch(/^[\w-]{59}$/);
});

test('secrets lost beside a living database are said to be lost, not made anew', () => {
  const config = configWith({});
  mkdirSync(join(config.dataDir, 'pg'));
  expect(() => loadSecrets(config)).toThrow(/secrets.json is missing/);
});

const production = {
  COUNTERFOIL_MODE: 'production',
  PORTAL_URL: 'https://pay.example.com',
  CARD_URL: 'https://card.example.com',
};

test('production lists every variable that is missing, and makes none up', () => {
  const config = configWith(production);
  for (const name of ['DATABASE_URL', 'NEXTAUTH_SECRET', 'CARD_SIGNING_KEY', 'SMTP_URL']) {
    expect(() => loadSecrets(config)).toThrow(name);
  }
});

test('production refuses a value copied from the example, and reads a secret from a file', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.env.example'), '# NEXTAUTH_SECRET=change-me-please\n');
  writeFileSync(join(folder, 'secret'), 'change-me-please\n');
  const names = ['SMTP_URL', 'MAIL_FROM', 'SMS_PROVIDER_URL', 'LINK_TOKEN_KEYS', 'DATA_ENCRYPTION_KEY'];
  names.push(
    'CHALLENGE_ORIGINS',
    'TICKET_SIGNING_KEY',
    'CARD_SIGNING_KEY',
    'MESSAGING_WEBHOOK_SECRET',
    'SMS_PROVIDER_KEY',
  );
  const all = Object.fromEntries(names.map((name) => [name, `a value of ${name}`]));
  const config = configWith({
    ...production,
    ...all,
    DATABASE_URL: 'postgres://u:p@db/x',
    NEXTAUTH_SECRET_FILE: join(folder, 'secret'),
  });
  expect(() => loadSecrets({ ...config, root: folder })).toThrow(/example's value: NEXTAUTH_SECRET/);
  writeFileSync(join(folder, 'secret'), 'one of my own\n');
  expect(loadSecrets({ ...config, root: folder }).NEXTAUTH_SECRET).toBe('one of my own');
});
