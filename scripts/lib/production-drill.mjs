import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstRunPath, newInstallation, removeInstallation, startProduct } from './product.mjs';

const random = () => randomBytes(32).toString('base64url');
const ed25519 = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
const webhookSecret = () => `whsec_${randomBytes(24).toString('base64')}`;

/** An empty database on the server of a running installation. */
async function newDatabase({ dataDir }) {
  const url = new URL(JSON.parse(readFileSync(firstRunPath({ dataDir }), 'utf8')).databaseUrl);
  url.username = 'postgres';
  url.password = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).POSTGRES_PASSWORD;
  url.pathname = '/postgres';
  // Packages are there only once the test has installed them.
  const { default: postgres } = await import('postgres');
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  await sql`create database production`;
  await sql.end();
  url.pathname = '/production';
  return url.href;
}

function productionEnv(databaseUrl) {
  return {
    COUNTERFOIL_MODE: 'production',
    DATABASE_URL: databaseUrl,
    CHALLENGE_ORIGINS: 'https://acs.example.com',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'pay@example.com',
    SMS_PROVIDER_URL: 'https://sms.example.com/send',
    LINK_TOKEN_KEYS: `1:${random()}`,
    NEXTAUTH_SECRET: random(),
    DATA_ENCRYPTION_KEY: random(),
    TICKET_SIGNING_KEY: ed25519(),
    CARD_SIGNING_KEY: ed25519(),
    MESSAGING_WEBHOOK_SECRET: webhookSecret(),
    SMS_PROVIDER_KEY: random(),
  };
}

/** Starts, reads the owner's link, asks /readyz, stops. */
async function startOnce(installation) {
  const product = startProduct(installation);
  await product.ready;
  const answer = await fetch(`http://127.0.0.1:${installation.env.PORTAL_PORT}/readyz`);
  const { checks } = await answer.json();
  const { code } = await product.stop('SIGTERM');
  assert.equal(code, 0);
  const output = product.output();
  return { output, link: /\/set-password#[\w-]{43}$/m.exec(output)?.[0], status: answer.status, checks };
}

/** A first start in production: an owner's link instead of sign-ins, no sandbox, and the reason why it takes no payment. */
export async function startsInProduction(demo) {
  const product = startProduct(demo);
  const other = await newInstallation();
  try {
    await product.ready;
    const { PORTAL_PORT, CARD_PORT } = other.env;
    const urls = { PORTAL_URL: `http://localhost:${PORTAL_PORT}`, CARD_URL: `http://localhost:${CARD_PORT}` };
    const env = { ...other.env, ...urls, ...productionEnv(await newDatabase(demo)) };
    const nameless = startProduct({ ...other, env });
    assert.equal((await nameless.ended()).code, 1);
    assert.match(nameless.output(), /needs MERCHANT_NAME and OWNER_EMAIL/);
    const named = { MERCHANT_NAME: 'Juniper Outfitters', OWNER_EMAIL: 'olive@juniper.example' };
    const first = await startOnce({ ...other, env: { ...env, ...named } });
    assert.ok(first.link, `no link for the owner: ${first.output}`);
    assert.equal(first.status, 503);
    assert.match(first.checks.gateway, /payment profile/);
    assert.match(first.output, /Payments cannot be taken yet: no payment profile/);
    assert.doesNotMatch(first.output, /password: |cf_test_|sandbox/i);
    const second = await startOnce({ ...other, env });
    assert.notEqual(second.link, first.link);
  } finally {
    await product.stop('SIGTERM');
    await removeInstallation(other);
  }
}
