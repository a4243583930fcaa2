import 'server-only';
import type { KeyObject } from 'node:crypto';
import { privateKey, publicKey } from '@/lib/card-calls';
import { portalEnv } from '@/lib/env';

let keys: { ticket: KeyObject; card: KeyObject } | undefined;

/** Our signing key for tickets, calls and answers, and the card process's public key. */
export function cardKeys(): { ticket: KeyObject; card: KeyObject } {
  const env = portalEnv();
  keys ??= { ticket: privateKey(env.TICKET_SIGNING_KEY), card: publicKey(env.CARD_PUBLIC_KEY) };
  return keys;
}
