import { sql } from 'drizzle-orm';
import { foreignKey, index, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { at, merchantKey, typeId } from './columns';
import { merchants } from './merchants';

/** What keys and OAuth clients have in common. `addresses` null: from anywhere. */
const clientColumns = () => ({
  name: text('name').notNull(),
  scopes: text('scopes').array().notNull(),
  /** Networks in CIDR notation that it may be used from. */
  addresses: text('addresses').array(),
  revokedAt: at('revoked_at'),
  /** To the minute. */
  lastUsedAt: at('last_used_at'),
  createdByName: text('created_by_name').notNull().default('First start'),
  createdAt: at('created_at').notNull().default(sql`cf_now()`),
});

/** An API key is kept as the SHA-256 of its secret; the prefix is for people to tell keys apart. */
export const apiKeys = pgTable(
  'api_keys',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: typeId('apiKey')('id').notNull(),
    prefix: text('prefix').notNull(),
    hash: text('hash').notNull(),
    expiresAt: at('expires_at'),
    /** The key in whose place it came. */
    replaces: typeId('apiKey')('replaces'),
    ...clientColumns(),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.id] }), uniqueIndex('api_keys_hash').on(t.hash)],
);

/** A back end that signs in by OAuth 2 client credentials. Its secret is kept as SHA-256, the one before it for a while. */
export const oauthClients = pgTable(
  'oauth_clients',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: typeId('oauthClient')('id').notNull(),
    secretHash: text('secret_hash').notNull(),
    previousSecretHash: text('previous_secret_hash'),
    previousSecretUntil: at('previous_secret_until'),
    ...clientColumns(),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.id] }), uniqueIndex('oauth_clients_id').on(t.id)],
);

/** An access token, as its SHA-256. It works while its row is here, its time is not over and its client is not revoked. */
export const oauthTokens = pgTable(
  'oauth_tokens',
  {
    merchantId: merchantKey(),
    hash: text('hash').notNull(),
    clientId: typeId('oauthClient')('client_id').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.hash] }),
    foreignKey({
      columns: [t.merchantId, t.clientId],
      foreignColumns: [oauthClients.merchantId, oauthClients.id],
    }),
    uniqueIndex('oauth_tokens_hash').on(t.hash),
    index('oauth_tokens_expiry').on(t.expiresAt),
  ],
);

/**
 * The token bucket of an API client: when it is full again. Unlogged (see its migration): taking a token waits for no disk,
 * and a crash only fills the buckets.
 */
export const apiRateBuckets = pgTable(
  'api_rate_buckets',
  {
    merchantId: merchantKey(),
    /** Of a key or an OAuth client. */
    clientId: text('client_id').notNull(),
    fullAt: timestamp('full_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.clientId] })],
);
