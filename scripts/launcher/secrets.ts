/** The secrets of an installation. A demo makes its own and keeps them; production must be given them. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCluster } from '@/db/server';
import type { Config } from './config';
import { isMissing, writePrivately } from './files';
import { Halt } from './halt';
import { readVariable } from './variables';

const random = (): string => randomBytes(32).toString('base64url');
const webhookSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;
const ed25519 = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');

const MAKERS = {
  LINK_TOKEN_KEYS: () => `1:${random()}`,
  NEXTAUTH_SECRET: random,
  DATA_ENCRYPTION_KEY: random,
  TICKET_SIGNING_KEY: ed25519,
  CARD_SIGNING_KEY: ed25519,
  MESSAGING_WEBHOOK_SECRET: webhookSecret,
  SMS_PROVIDER_KEY: random,
  SANDBOX_GATEWAY_KEY: random,
  SANDBOX_GATEWAY_WEBHOOK_SECRET: webhookSecret,
  SANDBOX_RECEIVER_SECRET: webhookSecret,
  SANDBOX_TELEPHONY_KEY: random,
  SANDBOX_TELEPHONY_SECRET: webhookSecret,
  POSTGRES_PASSWORD: random,
  DATABASE_PASSWORD: random,
} as const;

export type SecretName = keyof typeof MAKERS;
export type Secrets = Record<SecretName, string>;

const NAMES = Object.keys(MAKERS) as SecretName[];
const DEMO_ONLY: SecretName[] = [
  'SANDBOX_GATEWAY_KEY',
  'SANDBOX_GATEWAY_WEBHOOK_SECRET',
  'SANDBOX_RECEIVER_SECRET',
  'SANDBOX_TELEPHONY_KEY',
  'SANDBOX_TELEPHONY_SECRET',
  'POSTGRES_PASSWORD',
  'DATABASE_PASSWORD',
];
const SETTINGS = [
  'DATABASE_URL',
  'PORTAL_URL',
  'CARD_URL',
  'CHALLENGE_ORIGINS',
  'SMTP_URL',
  'MAIL_FROM',
  'SMS_PROVIDER_URL',
];

/** Secrets of a demo: those of DATA_DIR/secrets.json, made (and what is missing added) as needed; the environment wins. */
function demoSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  const kept = readKept(path);
  if (!kept && findCluster(dataDir)) {
    throw new Halt(
      `${path} is missing, and without it the database is of no use: put it back, or begin anew with "npm start -- --reset".`,
    );
  }
  const secrets = Object.fromEntries(NAMES.map((name) => [name, kept?.[name] ?? MAKERS[name]()])) as Secrets;
  if (!kept || NAMES.some((name) => !kept[name])) writePrivately(path, secrets);
  for (const name of NAMES) secrets[name] = readVariable(name) ?? secrets[name];
  return secrets;
}

function readKept(path: string): Partial<Secrets> | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return null;
    throw new Halt(`${path} cannot be read: give this user the right to, or put back a copy of it.`);
  }
}

/** The values that the printed example file carries: nobody may go into production with them. */
function exampleValues(root: string): Set<string> {
  const path = join(root, '.env.example');
  if (!existsSync(path)) return new Set();
  const values = readFileSync(path, 'utf8').matchAll(/^#?\s*[A-Z_]+=(\S+)/gm);
  return new Set([...values].map(([, value]) => value ?? ''));
}

/** Everything comes from the environment; what is missing is listed at once. */
function productionSecrets(root: string): Secrets {
  const needed = NAMES.filter((name) => !DEMO_ONLY.includes(name));
  const missing = [...SETTINGS, ...needed].filter((name) => !readVariable(name));
  if (missing.length > 0)
    throw new Halt(`Production needs these variables, which are not set: ${missing.join(', ')}.`);
  const examples = exampleValues(root);
  const copied = needed.filter((name) => examples.has(readVariable(name) ?? ''));
  if (copied.length > 0) {
    throw new Halt(`These variables still hold the example's value: ${copied.join(', ')}. Make your own.`);
  }
  return Object.fromEntries(NAMES.map((name) => [name, readVariable(name) ?? ''])) as Secrets;
}

export function loadSecrets(config: Config): Secrets {
  return config.mode === 'production' ? productionSecrets(config.root) : demoSecrets(config.dataDir);
}

/** What signs: the first of several keys, where one replaces another. */
export const signing = (keys: string): string => keys.split(',')[0]?.trim() ?? '';

/** The public halves of Ed25519 private keys (base64url PKCS8 DER, with commas), as base64url SPKI DER. */
export const publicHalves = (name: SecretName, keys: string): string =>
  keys
    .split(',')
    .map((one) => publicHalf(name, one.trim()))
    .join(',');

function publicHalf(name: SecretName, privateKey: string): string {
  try {
    const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), format: 'der', type: 'pkcs8' });
    return createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64url');
  } catch {
    throw new Halt(`${name} is not an Ed25519 private key (PKCS8 DER in base64url).`);
  }
}
