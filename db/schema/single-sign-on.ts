import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { ROLES, type Role } from '@/core/permissions';
import { at, merchantKey, typeId, userId } from './columns';
import { merchants, users } from './merchants';

/** The sign-in provider of a merchant's people. */
export const singleSignOn = pgTable('single_sign_on', {
  merchantId: merchantKey()
    .primaryKey()
    .references(() => merchants.id),
  enabled: boolean('enabled').notNull(),
  issuer: text('issuer').notNull(),
  clientId: text('client_id').notNull(),
  /** Encrypted with a key outside the database. */
  clientSecret: text('client_secret').notNull(),
  /** The claim that says in which groups somebody is, and which role a group has. Null: everybody has the default role. */
  roleClaim: text('role_claim'),
  roleValues: jsonb('role_values').$type<{ value: string; role: Role }[]>().notNull(),
  /** Of whom no group has a role. Null: they are refused. */
  defaultRole: text('default_role', { enum: ROLES }),
  /** People get an account at their first sign-in; else they must be invited. */
  createsPeople: boolean('creates_people').notNull(),
  /** They may sign in with a password too. An owner always may. */
  passwordAllowed: boolean('password_allowed').notNull(),
  /** The provider must say that a second factor was used. */
  needsSecondFactor: boolean('needs_second_factor').notNull(),
  version: integer('version').notNull().default(1),
});

/** Which merchant's provider the people of a domain are led to: a domain is of one merchant. */
export const singleSignOnDomains = pgTable(
  'single_sign_on_domains',
  {
    merchantId: merchantKey().references(() => merchants.id),
    domain: text('domain').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.domain] }),
    uniqueIndex('single_sign_on_domains_domain').on(t.domain),
  ],
);

/** Who somebody is to a provider. Their e-mail may change or be given to another; this is never given anew. */
export const identities = pgTable(
  'identities',
  {
    merchantId: merchantKey(),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: userId('user_id').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.issuer, t.subject] }),
    foreignKey({ columns: [t.merchantId, t.userId], foreignColumns: [users.merchantId, users.id] }),
    uniqueIndex('identities_user').on(t.merchantId, t.userId, t.issuer),
  ],
);

export const ROUND_PURPOSES = ['sign_in', 'step_up', 'try'] as const;

/** What a try showed: the role that the claims give, or why they give none, and the claims. */
export type TriedRound = {
  reason: string | null;
  detail: string | null;
  role: Role | null;
  isNew: boolean;
  claims: Record<string, unknown>;
};

/** A way to the provider and back: it ends once, in the browser in which it began, within ten minutes. */
export const signInRounds = pgTable(
  'sign_in_rounds',
  {
    merchantId: merchantKey().references(() => merchants.id),
    /** SHA-256 of the state in the address, and of the secret in the browser's cookie. */
    stateHash: text('state_hash').notNull(),
    browserHash: text('browser_hash').notNull(),
    purpose: text('purpose', { enum: ROUND_PURPOSES }).notNull(),
    /** The settings that it began with. */
    version: integer('version').notNull(),
    nonce: text('nonce').notNull(),
    verifier: text('verifier').notNull(),
    next: text('next'),
    sessionId: typeId('session')('session_id'),
    startedAt: at('started_at').notNull().default(sql`cf_now()`),
    endedAt: at('ended_at'),
    tried: jsonb('tried').$type<TriedRound>(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.stateHash] }),
    uniqueIndex('sign_in_rounds_state').on(t.stateHash),
    index('sign_in_rounds_started').on(t.startedAt),
  ],
);
