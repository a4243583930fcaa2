import { sql } from 'drizzle-orm';
import {
  bigint,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { SECOND_FACTORS } from '@/core/second-factor';
import { at, bytes, merchantKey, userId } from './columns';
import { users } from './merchants';

/** An authenticator app of a person: the secret that makes its codes, encrypted with a key outside the database. */
export const authenticatorApps = pgTable(
  'authenticator_apps',
  {
    merchantId: merchantKey(),
    userId: userId('user_id').notNull(),
    secret: text('secret').notNull(),
    /** The 30 seconds whose code was taken last: that one and earlier ones are taken no more. */
    lastStep: integer('last_step').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.userId] }),
    foreignKey({ columns: [t.merchantId, t.userId], foreignColumns: [users.merchantId, users.id] }),
  ],
);

/** A passkey of a person. Its id is the authenticator's own, in base64url. */
export const passkeys = pgTable(
  'passkeys',
  {
    merchantId: merchantKey(),
    id: text('id').notNull(),
    userId: userId('user_id').notNull(),
    name: text('name').notNull(),
    publicKey: bytes('public_key').notNull(),
    /** How often the authenticator says it has signed: one that counts never goes back. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: text('transports').array().notNull().default(sql`'{}'`),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    usedAt: at('used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId, t.userId], foreignColumns: [users.merchantId, users.id] }),
    uniqueIndex('passkeys_id').on(t.id),
    index('passkeys_user').on(t.merchantId, t.userId),
  ],
);

/** A person's recovery codes that have not been used, each as the SHA-256 of it. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    merchantId: merchantKey(),
    userId: userId('user_id').notNull(),
    hash: text('hash').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.userId, t.hash] }),
    foreignKey({ columns: [t.merchantId, t.userId], foreignColumns: [users.merchantId, users.id] }),
  ],
);

/**
 * A sign-in between password and second factor. It is no session and opens nothing; the browser's cookie carries a secret,
 * of which this is the SHA-256.
 */
export const pendingSignIns = pgTable(
  'pending_sign_ins',
  {
    hash: text('hash').primaryKey(),
    merchantId: merchantKey(),
    userId: userId('user_id').notNull(),
    /** The second factor that was proved or set up. */
    factor: text('factor', { enum: SECOND_FACTORS }),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    foreignKey({ columns: [t.merchantId, t.userId], foreignColumns: [users.merchantId, users.id] }),
    index('pending_sign_ins_at').on(t.createdAt),
  ],
);

/** Wrong codes of a person, by where they came from. Only who has given the password, or is signed in, can give one. */
export const factorFailures = pgTable(
  'factor_failures',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    merchantId: merchantKey(),
    userId: userId('user_id').notNull(),
    /** An address from which the person has signed in before; null: all others together. */
    address: text('address'),
    at: at('at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    index('factor_failures_who').on(t.merchantId, t.userId, t.address, t.at),
    index('factor_failures_at').on(t.at),
  ],
);

/** Challenges that a passkey has answered: none is answered twice. */
export const spentChallenges = pgTable(
  'spent_challenges',
  { hash: text('hash').primaryKey(), at: at('at').notNull().default(sql`cf_now()`) },
  (t) => [index('spent_challenges_at').on(t.at)],
);
