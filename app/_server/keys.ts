import 'server-only';
import type { KeyObject } from 'node:crypto';
import { privateKey, publicKeys } from '@/lib/card-calls';
import { portalEnv } from '@/lib/env';

type CardKeys = { ticket: KeyObject; card: readonly KeyObject[] };
let keys: CardKeys | undefined;

/** Our signing key for tickets, calls and answers, and the card process's public keys. */
export function cardKeys(): CardKeys {
  const env = portalEnv();
  keys ??= { ticket: privateKey(env.TICKET_SIGNING_KEY), card: publicKeys(env.CARD_PUBLIC_KEY) };
  return keys;
}
