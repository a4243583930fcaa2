/** The keys of an installation that can be replaced by a command: where they stand, and who must start anew. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { keyRingText, parseDataKey, parseKeyRing } from '@/lib/key-ring';
import { Halt } from '../launcher/halt';
import type { SecretName } from '../launcher/secrets';

export const KIND_NAMES = ['link-tokens', 'data', 'tickets', 'card', 'webhooks', 'auth'] as const;
export type KindName = (typeof KIND_NAMES)[number];
export type Kind = {
  variable: SecretName;
  does: string;
  /** With numbers: a new one is known by its number. Without: two at the most, by their place. */
  hasNumbers: boolean;
  make: () => string;
  /** Who has it. */
  holders: string;
  /** After it was rotated, in this order. */
  steps: string[];
  /** What is still under a key that was taken out. */
  keep?: string;
};

const random = (): string => randomBytes(32).toString('base64url');
const ed25519 = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');

export const KINDS: Record<KindName, Kind> = {
  'link-tokens': {
    variable: 'LINK_TOKEN_KEYS',
    does: 'signs the addresses of links',
    holders: 'the portal and the worker',
    hasNumbers: true,
    make: random,
    steps: ['Start the portal and the worker anew.'],
  },
  data: {
    variable: 'DATA_ENCRYPTION_KEY',
    does: 'encrypts secrets and stored answers in the database, and backups',
    holders: 'the portal and the worker',
    hasNumbers: true,
    make: random,
    steps: [
      'Start the portal and the worker anew.',
      'npm run keys -- reencrypt',
      'npm run backup: older backups open with the old key alone. Keep that for as long as you keep them.',
    ],
    keep: 'Backups that were made under the old key open with it alone: keep it, with its number and apart from them, for as long as you keep these.',
  },
  tickets: {
    variable: 'TICKET_SIGNING_KEY',
    does: 'signs what the portal says to the card process',
    holders: 'the portal and the card process',
    hasNumbers: false,
    make: ed25519,
    steps: [
      'Start the card process anew, which then knows both.',
      'Start the portal anew, which then signs with the new one.',
    ],
  },
  card: {
    variable: 'CARD_SIGNING_KEY',
    does: 'signs what the card process says to the portal',
    holders: 'the portal and the card process',
    hasNumbers: false,
    make: ed25519,
    steps: [
      'Start the portal anew, which then knows both.',
      'Start the card process anew, which then signs with the new one.',
    ],
  },
  webhooks: {
    variable: 'MESSAGING_WEBHOOK_SECRET',
    does: 'verifies what messaging providers report',
    holders: 'the portal',
    hasNumbers: false,
    make: () => `whsec_${randomBytes(24).toString('base64')}`,
    steps: ['Start the portal anew, which then takes both.', 'Set the new secret at the provider.'],
  },
  auth: {
    variable: 'NEXTAUTH_SECRET',
    does: 'seals the cookies of staff',
    holders: 'the portal',
    hasNumbers: false,
    make: random,
    steps: ['Start the portal anew. Who is signed in stays so.'],
  },
};

/** A key as it stands in its variable. `id`: its number, or the beginning of its SHA-256. Never the key itself. */
export type Key = { id: string; text: string };

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** The keys of a variable; the first is the one that makes what is new. */
export function keysOf({ variable, hasNumbers }: Kind, value: string): Key[] {
  if (!hasNumbers) return value.split(',').map((text) => ({ id: digest(text.trim()), text: text.trim() }));
  const ring = variable === 'DATA_ENCRYPTION_KEY' ? parseDataKey(value) : parseKeyRing(variable, value);
  return keyRingText(ring)
    .split(',')
    .map((text) => ({ id: text.split(':')[0] ?? '', text }));
}

export const textOf = (keys: readonly Key[]): string => keys.map(({ text }) => text).join(',');

function added(kind: Kind, keys: readonly Key[]): Key {
  const text = kind.make();
  if (!kind.hasNumbers) return { id: digest(text), text };
  const id = Math.max(...keys.map((one) => Number(one.id))) + 1;
  if (id > 255) throw new Halt(`${kind.variable} has no number left above 255: begin anew at 1 by hand.`);
  return { id: String(id), text: `${id}:${text}` };
}

const HAS_TWO = (variable: string): string =>
  `${variable} has two keys already: finish that change first, or say --prepared if the second is the new one.`;

/** With a new key behind the others: known everywhere before it is used. */
export function prepared(kind: Kind, keys: readonly Key[]): Key[] {
  if (!kind.hasNumbers && keys.length > 1) throw new Halt(HAS_TWO(kind.variable));
  return [...keys, added(kind, keys)];
}

/** With a new key in front, or the prepared one. */
export function rotated(kind: Kind, keys: readonly Key[], isPrepared: boolean): Key[] {
  if (!isPrepared) {
    if (!kind.hasNumbers && keys.length > 1) throw new Halt(HAS_TWO(kind.variable));
    return [added(kind, keys), ...keys];
  }
  const last = keys.at(-1);
  const isOld = kind.hasNumbers && keys.some(({ id }) => Number(id) > Number(last?.id));
  if (!last || keys.length === 1 || isOld) throw new Halt(`No key of ${kind.variable} is prepared.`);
  return [last, ...keys.slice(0, -1)];
}
