import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** All the card process knows of its surroundings. Origins are exact, without a trailing slash. */
export type CardConfig = {
  host: string;
  port: number;
  cardOrigin: string;
  /** Where portal and telephony provider reach this very process about a capture that it holds. */
  callbackUrl: string;
  portalUrl: string;
  parentOrigins: readonly string[];
  challengeOrigins: readonly string[];
  /** The portal's: a second one while they change. */
  ticketKeys: readonly KeyObject[];
  signingKey: KeyObject;
  frameScriptPath: string | null;
  watchParent: boolean;
};

type Env = Readonly<Record<string, string | undefined>>;

const FOREIGN_SECRETS =
  /^(DATABASE_.*|PG.*|(DATA_ENCRYPTION_KEY|LINK_TOKEN_KEYS|NEXTAUTH_SECRET|AUTH_SECRET|TICKET_SIGNING_KEY)(_FILE)?)$/;
const OPEN_DOORS = /--(inspect|debug|heapsnapshot|heap-prof|abort-on-uncaught-exception)/;

/** Why this process must not start, in one sentence; null when its surroundings are those of a card process. */
export function refusalToStart(env: Env, execArgv: readonly string[]): string | null {
  const foreign = Object.keys(env).find((name) => env[name] && FOREIGN_SECRETS.test(name));
  if (foreign)
    return `The card process refuses to start: ${foreign} is set, and it must never be able to read it.`;
  const open = [...execArgv, env.NODE_OPTIONS ?? ''].some((option) => OPEN_DOORS.test(option));
  return open
    ? 'The card process refuses to start: an inspector or memory dump option is set, which would show card numbers.'
    : null;
}

function value(env: Env, name: string): string {
  const file = env[`${name}_FILE`];
  const text = env[name] || (file && readFileSync(file, 'utf8').trim());
  if (!text) throw new Error(`${name} is not set`);
  return text;
}

/** `text` as an exact http or https origin; throws for anything with a path, query or user in it. */
function origin(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, ''))
    throw new Error(`${name} must hold exact origins such as https://pay.example.com`);
  return url.origin;
}

const origins = (env: Env, name: string): string[] =>
  value(env, name)
    .split(',')
    .map((text) => origin(name, text.trim()));

function key(name: string, read: () => KeyObject): KeyObject {
  try {
    const parsed = read();
    if (parsed.asymmetricKeyType === 'ed25519') return parsed;
  } catch {
    // The cause may quote the key: only the name goes on.
  }
  throw new Error(`${name} is not an Ed25519 key in base64url DER`);
}

/** The environment as a configuration. Throws a sentence that names the variable, never its value. */
export function readConfig(env: Env): CardConfig {
  const port = Number(value(env, 'CARD_PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('CARD_PORT is not a port');
  const ders = (name: string) =>
    value(env, name)
      .split(',')
      .map((text) => Buffer.from(text.trim(), 'base64url'));
  const [signing = Buffer.alloc(0)] = ders('CARD_SIGNING_KEY');
  return {
    host: env.HOST || '127.0.0.1',
    port,
    cardOrigin: origin('CARD_URL', value(env, 'CARD_URL')),
    callbackUrl: origin('CARD_CALLBACK_URL', env.CARD_CALLBACK_URL || value(env, 'CARD_URL')),
    portalUrl: origin('PORTAL_INTERNAL_URL', value(env, 'PORTAL_INTERNAL_URL')),
    parentOrigins: origins(env, 'PARENT_ORIGINS'),
    challengeOrigins: origins(env, 'CHALLENGE_ORIGINS'),
    ticketKeys: ders('TICKET_PUBLIC_KEY').map((der) =>
      key('TICKET_PUBLIC_KEY', () => createPublicKey({ key: der, format: 'der', type: 'spki' })),
    ),
    signingKey: key('CARD_SIGNING_KEY', () =>
      createPrivateKey({ key: signing, format: 'der', type: 'pkcs8' }),
    ),
    frameScriptPath: env.CARD_FRAME_JS || null,
    watchParent: env.CF_WATCH_PARENT === '1',
  };
}
