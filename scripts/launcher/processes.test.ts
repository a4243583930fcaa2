import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readConfig } from './config';
import { type Plan, processSpecs, setupEnv } from './processes';
import { loadSecrets } from './secrets';
import { temporaryFolder } from './testing';

beforeEach(() => {
  for (const name of ['DATABASE_URL', 'PORTAL_PORT', 'PORTAL_URL', 'COUNTERFOIL_MODE'])
    vi.stubEnv(name, undefined);
  vi.stubEnv('DATA_DIR', temporaryFolder());
  vi.stubEnv('SOMETHING_PRIVATE', 'of the shell');
});
afterEach(() => vi.unstubAllEnvs());

function demoPlan(): Plan {
  const config = readConfig(process.cwd(), false);
  const databaseUrl = 'postgres://counterfoil:database-password@127.0.0.1:5432/counterfoil';
  return { config, secrets: loadSecrets(config), databaseUrl, workerHealthPort: 4000 };
}

function environments(): { plan: Plan; of: (name: string) => NodeJS.ProcessEnv } {
  const plan = demoPlan();
  const all = processSpecs(plan, () => true);
  return { plan, of: (name) => all.find((spec) => spec.name === name)?.env ?? { NODE_ENV: 'test' } };
}

test('the card process gets no database, no portal secret and nothing of the shell', () => {
  const { plan, of } = environments();
  const card = of('card');
  expect(Object.keys(card).sort()).toEqual(
    [
      'CARD_CALLBACK_URL',
      'CARD_PORT',
      'CARD_SIGNING_KEY',
      'CARD_URL',
      'CF_WATCH_PARENT',
      'CHALLENGE_ORIGINS',
      'HOST',
      'NODE_ENV',
      'PARENT_ORIGINS',
      'PATH',
      'PORTAL_INTERNAL_URL',
      'TICKET_PUBLIC_KEY',
      ...['LANG', 'TZ'].filter((name) => process.env[name]),
    ].sort(),
  );
  const text = JSON.stringify(card);
  expect(text).not.toContain('database-password');
  for (const [name, secret] of Object.entries(plan.secrets)) {
    if (name !== 'CARD_SIGNING_KEY') expect(text, name).not.toContain(secret);
  }
});

test('only the portal holds the ticket key, only the card process its own', () => {
  const { plan, of } = environments();
  const holders = (secret: string) =>
    ['portal', 'card', 'worker', 'sandbox'].filter((name) => JSON.stringify(of(name)).includes(secret));
  expect(holders(plan.secrets.TICKET_SIGNING_KEY)).toEqual(['portal']);
  expect(holders(plan.secrets.NEXTAUTH_SECRET)).toEqual(['portal']);
  expect(holders(plan.secrets.CARD_SIGNING_KEY)).toEqual(['card']);
  expect(holders(plan.secrets.DATA_ENCRYPTION_KEY)).toEqual(['portal', 'worker']);
  expect(holders(plan.secrets.SANDBOX_GATEWAY_KEY)).toEqual(['sandbox']);
  expect(holders(plan.databaseUrl)).toEqual(['portal', 'worker']);
  expect(holders(plan.secrets.POSTGRES_PASSWORD)).toEqual([]);
});

test('nothing of the shell reaches a process that does not name it', () => {
  const { plan, of } = environments();
  const all = [...['portal', 'card', 'worker', 'sandbox'].map(of), setupEnv(plan)];
  expect(all.filter((env) => env.SOMETHING_PRIVATE !== undefined)).toEqual([]);
});

test('a demo may send webhooks to its own sandbox, production to nothing private', () => {
  const { plan, of } = environments();
  expect(of('worker').EGRESS_ALLOW).toBe(plan.config.urls.sandbox);
  const production = processSpecs({ ...plan, config: { ...plan.config, mode: 'production' } }, () => true);
  expect(production.map(({ name }) => name)).toEqual(['card', 'portal', 'worker']);
  for (const { env } of production) {
    expect(env.EGRESS_ALLOW).toBeUndefined();
    expect(env.SANDBOX_URL).toBeUndefined();
  }
});
