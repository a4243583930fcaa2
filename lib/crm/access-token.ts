import type { Credentials } from '@/core/crm';
import { sha256 } from '../crypto';
import { BUDGETS, type PostOptions, type PostResult, post } from '../egress/post';

type OAuth = Extract<Credentials, { kind: 'oauth' }>;
type Kept = { token: string; until: number };
export type TokenAnswer = { ok: true; token: string } | { ok: false; reason: string; late: boolean };

/** Tokens of this process, until a minute before their end; by all that they depend on, so that a new secret gets a new one. */
const kept = new Map<string, Kept>();
const MOST_KEPT = 1_000;
const EARLY_MS = 60_000;
const LONGEST_MS = 24 * 3_600_000;
const MOST_BYTES = 16_384;

const keyOf = ({ tokenUrl, clientId, scope, attributes }: OAuth, secret: string): string =>
  sha256(JSON.stringify([tokenUrl, clientId, scope, attributes, secret]));

/** An access token by OAuth 2 client credentials (RFC 6749, 4.4), from the merchant's own server, through the guard. */
export async function accessToken(oauth: OAuth, secret: string, options: PostOptions): Promise<TokenAnswer> {
  const key = keyOf(oauth, secret);
  const known = kept.get(key);
  if (known && known.until > performance.now()) return { ok: true, token: known.token };
  const form = new URLSearchParams({
    ...oauth.attributes,
    grant_type: 'client_credentials',
    client_id: oauth.clientId,
    client_secret: secret,
    ...(oauth.scope && { scope: oauth.scope }),
  });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    'user-agent': 'Counterfoil/1',
  };
  const budgets = { ...(options.budgets ?? BUDGETS), readBytes: MOST_BYTES, keepBytes: MOST_BYTES };
  const { method: _, ...rest } = options;
  const read = readToken(await post(oauth.tokenUrl, headers, form.toString(), { ...rest, budgets }));
  if (!read.ok) return read;
  const life = read.seconds === null ? 0 : Math.min(read.seconds * 1_000, LONGEST_MS) - EARLY_MS;
  if (kept.size >= MOST_KEPT) kept.clear();
  if (life > 0) kept.set(key, { token: read.token, until: performance.now() + life });
  return { ok: true, token: read.token };
}

/** A token that was refused is asked for anew the next time. */
export const forgetToken = (oauth: OAuth, secret: string): void => void kept.delete(keyOf(oauth, secret));

type Read =
  | { ok: true; token: string; seconds: number | null }
  | { ok: false; reason: string; late: boolean };

function readToken(result: PostResult): Read {
  if (result.kind === 'failed') return { ok: false, reason: `token: ${result.reason}`, late: result.late };
  const no = (reason: string): Read => ({ ok: false, reason: `token: ${reason}`, late: false });
  if (result.status !== 200) return no(`answered ${result.status}`);
  try {
    const answer: unknown = JSON.parse(result.answer);
    if (typeof answer !== 'object' || answer === null) return no('not an object');
    const { access_token: token, expires_in: seconds } = answer as Record<string, unknown>;
    if (typeof token !== 'string' || !/^[\x21-\x7e]{1,4096}$/.test(token)) return no('no access_token');
    return { ok: true, token, seconds: typeof seconds === 'number' && seconds > 0 ? seconds : null };
  } catch {
    return no('not JSON');
  }
}
