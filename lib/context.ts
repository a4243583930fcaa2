import type { CardTicket } from '@/core/card-ticket';
import type { Permission, Role } from '@/core/permissions';
import type { Database, Executor } from '@/db/client';
import type { CommonEnv } from './env';
import { type KeyRing, parseDataKey } from './key-ring';
import type { KeypadLine } from './keypad-calls';
import { type LinkTokenKeys, parseLinkTokenKeys } from './link-tokens';
import type { Logger } from './log';
import { originsIn } from './origins';

/** Who acts. Authorisation is judged on this in every verb. */
export type Actor =
  /** `verified`: proved who they are within the last five minutes. */
  | { kind: 'user'; id: string; name: string; role: Role; verified?: boolean }
  | { kind: 'api_client'; id: string; name: string; scopes: readonly Permission[] }
  /** An agent at a desk inside another system's page. `session`: may act on that payment session alone. */
  | { kind: 'agent'; id: string; name: string; line: string; session: string | null }
  | { kind: 'payer' }
  | { kind: 'gateway' }
  | { kind: 'messaging_provider' }
  | { kind: 'system' };

/** What every verb may rely on, made once per process. */
export type Config = {
  mode: 'demo' | 'production';
  portalUrl: string;
  /** Origins of merchants' own domains, at which payers are shown their pages. */
  payOrigins: readonly string[];
  cardUrl: string;
  /** Exact origins of the pages on which banks ask their customers. */
  challengeOrigins: readonly string[];
  linkTokenKeys: LinkTokenKeys;
  /** Encrypts secrets and stored answers at rest; older keys still open what they have sealed. */
  dataKey: KeyRing;
  /** Exact origins that outgoing webhooks may reach over plain http or loopback. */
  egressAllow: readonly string[];
};

export type Services = {
  db: Database;
  config: Config;
  log: Logger;
  /** Called after a commit: what it wrote may be work for the workers. Only a hint; they also look by themselves. */
  wake?: () => void;
  /** The line to the card process about cards that are keyed. Of the portal alone. */
  keypad?: KeypadLine;
  /** Signs tickets. Of the portal alone. */
  signTicket?: (ticket: CardTicket) => string;
};

/** One act: services, merchant, actor, and where it came from. */
export type Ctx = Services & {
  merchantId: number;
  actor: Actor;
  requestId: string;
  address?: string;
  /** Set when the act is part of a larger transaction. */
  tx?: Executor;
  /** Set when the act is one of many, and nobody waits for this one. */
  isBulk?: boolean;
};

export const configFrom = (env: CommonEnv): Config => ({
  mode: env.COUNTERFOIL_MODE,
  portalUrl: env.PORTAL_URL,
  payOrigins: originsIn(env.PAY_ORIGINS),
  cardUrl: env.CARD_URL,
  challengeOrigins: originsIn(env.CHALLENGE_ORIGINS),
  linkTokenKeys: parseLinkTokenKeys(env.LINK_TOKEN_KEYS),
  dataKey: parseDataKey(env.DATA_ENCRYPTION_KEY),
  egressAllow: env.EGRESS_ALLOW.split(',')
    .map((part) => part.trim())
    .filter(Boolean),
});

export const actorName = (actor: Actor): string => {
  switch (actor.kind) {
    case 'user':
    case 'agent':
    case 'api_client':
      return actor.name;
    case 'payer':
      return 'Payer';
    case 'gateway':
      return 'Gateway';
    case 'messaging_provider':
      return 'Messaging provider';
    case 'system':
      return 'Counterfoil';
  }
};

export const actorId = (actor: Actor): string | null => ('id' in actor ? actor.id : null);
