import { afterEach, expect, test } from 'vitest';
import { testDatabase } from '@/db/testing';
import { setPassword, signIn } from '../auth';
import type { ProductionSetupEnv } from '../env';
import { readiness } from '../health';
import { startPaymentAttempt, submitPaymentAttempt } from '../payment-attempts';
import { createPaymentLink } from '../payment-links';
import { listPaymentProfiles } from '../payment-profiles';
import { type TestHouse, testHouse } from '../testing';
import { prepareProduction } from './production';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function house(): Promise<TestHouse> {
  const made = await testHouse();
  closing.push(made.close);
  return made;
}
const inProduction = (made: TestHouse, ctx = made.as('owner')) => ({
  ...ctx,
  config: { ...ctx.config, mode: 'production' as const },
});
const wanted = { amountMinor: 1240, currency: 'GBP' };

test('production refuses the sandbox gateway where a link is issued, an attempt begun, a grant given', async () => {
  const made = await house();
  expect(await createPaymentLink(inProduction(made), wanted)).toMatchObject({
    ok: false,
    error: { code: 'invalid', errors: [{ path: 'profile' }] },
  });
  expect(await listPaymentProfiles(inProduction(made))).toEqual({ ok: true, value: [] });
  const link = await createPaymentLink(made.as('owner'), wanted);
  if (!link.ok) throw new Error(link.error.message);
  const payer = made.as('payer');
  const refused = { ok: false, error: { code: 'link_not_payable' } };
  expect(await startPaymentAttempt(inProduction(made, payer), link.value.id)).toMatchObject(refused);
  const started = await startPaymentAttempt(payer, link.value.id);
  if (!started.ok) throw new Error(started.error.message);
  const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030 };
  const call = { attempt: started.value.attempt, ...wanted, card };
  expect(await submitPaymentAttempt(inProduction(made, payer), call)).toMatchObject(refused);
  expect(await submitPaymentAttempt(payer, call)).toMatchObject({ ok: true });
});

test('readiness says why payments cannot work in production; a demo has no such reason', async () => {
  const made = await house();
  const gateway = async (services: Parameters<typeof readiness>[0]) =>
    (await readiness(services)).checks.gateway;
  expect(await gateway(inProduction(made))).toMatch(/sandbox gateway, which production refuses/);
  expect(await gateway(made.services)).toBe('ok');
  await made.database.sql`update payment_profiles set enabled = false`;
  expect(await gateway(made.services)).toBe('no payment profile is enabled');
});

async function emptyInstallation() {
  const database = await testDatabase();
  closing.push(database.close);
  const env: ProductionSetupEnv = {
    COUNTERFOIL_MODE: 'production',
    DATABASE_URL: database.url,
    DATABASE_POOLED: false,
    PORTAL_URL: 'https://pay.example.com',
    CARD_URL: 'https://card.example.com',
    CHALLENGE_ORIGINS: '',
    PAY_ORIGINS: '',
    LINK_TOKEN_KEYS: `1:${Buffer.alloc(32, 1).toString('base64url')}`,
    DATA_ENCRYPTION_KEY: Buffer.alloc(32, 2).toString('base64url'),
    EGRESS_ALLOW: '',
    CF_WATCH_PARENT: false,
    LOG_LEVEL: 'silent',
  };
  return { database, env };
}

test('a first start in production makes merchant and owner; each start gives a new link until one was used', async () => {
  const { database, env } = await emptyInstallation();
  expect(await prepareProduction(env)).toEqual({
    error: expect.stringMatching(/MERCHANT_NAME and OWNER_EMAIL/),
  });
  const named = { ...env, MERCHANT_NAME: 'Juniper Outfitters', OWNER_EMAIL: 'olive@juniper.example' };
  const links: string[] = [];
  for (const next of [named, env]) {
    const made = await prepareProduction(next);
    if ('error' in made || !made.ownerLink) throw new Error('no link');
    links.push(made.ownerLink);
  }
  const merchants = await database.sql`select name, livemode from merchants`;
  expect([...merchants]).toEqual([{ name: 'Juniper Outfitters', livemode: true }]);
  const { services } = await house();
  const from = { address: '192.0.2.1', requestId: 'req_test', password: 'glass otter under nine stairs' };
  const use = (link = '') =>
    setPassword({ ...services, db: database.db }, { secret: new URL(link).hash.slice(1), ...from });
  expect(await use(links[0])).toMatchObject({ ok: false });
  expect(await use(links[1])).toMatchObject({ ok: true });
  const entered = await signIn({ ...services, db: database.db }, { ...from, email: 'olive@juniper.example' });
  expect(entered).toMatchObject({ ok: true });
  expect(await prepareProduction(named)).toEqual({ ownerLink: null });
});
