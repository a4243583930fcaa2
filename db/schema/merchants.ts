import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { ROLES } from '@/core/permissions';
import { at, merchantKey, profileId, typeId, userId } from './columns';

export const merchants = pgTable('merchants', {
  /** At most 40 bits: it is carried in every link token. */
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  name: text('name').notNull(),
  contactEmail: text('contact_email').notNull(),
  contactPhone: text('contact_phone'),
  timeZone: text('time_zone').notNull().default('UTC'),
  locale: text('locale').notNull().default('en'),
  livemode: boolean('livemode').notNull().default(false),
  /** Exact addresses a payer may be sent back to. */
  returnUrls: text('return_urls').array().notNull().default(sql`'{}'`),
  apiEnabled: boolean('api_enabled').notNull().default(true),
  buttonEnabled: boolean('button_enabled').notNull().default(true),
  createdAt: at('created_at').notNull().default(sql`cf_now()`),
});

export const users = pgTable(
  'users',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: userId('id').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    passwordHash: text('password_hash').notNull(),
    disabledAt: at('disabled_at'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('users_email').on(sql`lower(${t.email})`),
  ],
);

/** A staff session lives here; the browser's cookie carries only its id. */
export const sessions = pgTable(
  'sessions',
  {
    id: typeId('session')('id').primaryKey(),
    merchantId: merchantKey(),
    userId: userId('user_id').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    lastSeenAt: at('last_seen_at').notNull().default(sql`cf_now()`),
    endedAt: at('ended_at'),
    address: text('address'),
    userAgent: text('user_agent'),
  },
  (t) => [
    foreignKey({ columns: [t.merchantId, t.userId], foreignColumns: [users.merchantId, users.id] }),
    index('sessions_user').on(t.merchantId, t.userId),
  ],
);

/** Failed sign-ins, by account and address, for the lock after ten. */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    email: text('email').notNull(),
    address: text('address').notNull(),
    at: at('at').notNull().default(sql`cf_now()`),
  },
  (t) => [index('sign_in_failures_who').on(t.email, t.address, t.at)],
);

export const CARD_MODES = ['direct', 'hosted_fields'] as const;
export const GATEWAYS = ['sandbox'] as const;
export type GatewayKind = (typeof GATEWAYS)[number];

/** How a merchant takes money: which gateway, which card mode, captured at once or later. */
export const paymentProfiles = pgTable(
  'payment_profiles',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: profileId('id').notNull(),
    name: text('name').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    enabled: boolean('enabled').notNull().default(true),
    gateway: text('gateway', { enum: GATEWAYS }).notNull(),
    gatewayUrl: text('gateway_url').notNull(),
    /** The gateway's API key, encrypted with a key outside the database. */
    gatewaySecret: text('gateway_secret').notNull(),
    cardMode: text('card_mode', { enum: CARD_MODES }).notNull().default('direct'),
    captureAtOnce: boolean('capture_at_once').notNull().default(true),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('payment_profiles_default').on(t.merchantId).where(sql`${t.isDefault}`),
    uniqueIndex('payment_profiles_name').on(t.merchantId, t.name),
  ],
);

/** An API key is kept as the SHA-256 of its secret; the prefix is for people to tell keys apart. */
export const apiKeys = pgTable(
  'api_keys',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: typeId('apiKey')('id').notNull(),
    name: text('name').notNull(),
    prefix: text('prefix').notNull(),
    hash: text('hash').notNull(),
    scopes: text('scopes').array().notNull(),
    expiresAt: at('expires_at'),
    revokedAt: at('revoked_at'),
    lastUsedAt: at('last_used_at'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.id] }), uniqueIndex('api_keys_hash').on(t.hash)],
);
