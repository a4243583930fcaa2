import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { PROFILE_CHALLENGES } from '@/core/challenge';
import type { ListLook } from '@/core/list-look';
import { NEW_LINK_RULES } from '@/core/payment-link';
import { ROLES } from '@/core/permissions';
import { SIGN_IN_FACTORS } from '@/core/second-factor';
import { at, bytes, gatewayAccountId, merchantKey, profileId, typeId, userId } from './columns';

export const merchants = pgTable('merchants', {
  /** At most 40 bits: it is carried in every link token. */
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  name: text('name').notNull(),
  contactEmail: text('contact_email').notNull(),
  contactPhone: text('contact_phone'),
  timeZone: text('time_zone').notNull().default('UTC'),
  locale: text('locale').notNull().default('en'),
  livemode: boolean('livemode').notNull().default(false),
  /** The origin that its payers see: a domain of its own, one of PAY_ORIGINS. Null: the portal's. */
  payOrigin: text('pay_origin').unique(),
  /** Exact addresses a payer may be sent back to. */
  returnUrls: text('return_urls').array().notNull().default(sql`'{}'`),
  apiEnabled: boolean('api_enabled').notNull().default(true),
  buttonEnabled: boolean('button_enabled').notNull().default(true),
  /** Until then no new payment begins on the web: so many declines looked like card testing. */
  breakerUntil: at('breaker_until'),
  /** `#rrggbb`; null where payer pages keep our own. */
  accent: text('accent'),
  footer: text('footer'),
  /** Names a row of `logos`. Its size in CSS pixels keeps its place until it is there. */
  logoHash: text('logo_hash'),
  logoWidth: integer('logo_width'),
  logoHeight: integer('logo_height'),
  brandingVersion: integer('branding_version').notNull().default(1),
  createdAt: at('created_at').notNull().default(sql`cf_now()`),
});

/** Logos as payers get them, by the SHA-256 of what they are. One that was replaced stays a day for pages that show it. */
export const logos = pgTable(
  'logos',
  {
    merchantId: merchantKey().references(() => merchants.id),
    hash: text('hash').notNull(),
    image: bytes('image').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.hash] })],
);

export const users = pgTable(
  'users',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: userId('id').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    /** Null until the person has set a password. */
    passwordHash: text('password_hash'),
    /** May press the payment button. */
    buttonEnabled: boolean('button_enabled').notNull().default(true),
    /** How times are shown to them; null: in the merchant's zone. */
    timeZone: text('time_zone'),
    /** How they have the list of links; null: as usual. */
    listLook: jsonb('list_look').$type<ListLook>(),
    /** Null while they are only invited: until then their address is nobody's, and others may have it. */
    joinedAt: at('joined_at').default(sql`cf_now()`),
    disabledAt: at('disabled_at'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('users_email').on(sql`lower(${t.email})`).where(sql`${t.joinedAt} is not null`),
    uniqueIndex('users_email_at_merchant').on(t.merchantId, sql`lower(${t.email})`),
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
    /** When the person last proved who they are: at the sign-in, or by a step-up since. */
    verifiedAt: at('verified_at').notNull().default(sql`cf_now()`),
    /** With what it was opened beside the password, or instead of it. Null: with the password alone. */
    factor: text('factor', { enum: SIGN_IN_FACTORS }),
    endedAt: at('ended_at'),
    address: text('address'),
    userAgent: text('user_agent'),
  },
  (t) => [
    foreignKey({ columns: [t.merchantId, t.userId], foreignColumns: [users.merchantId, users.id] }),
    index('sessions_user').on(t.merchantId, t.userId),
    index('sessions_at').on(t.createdAt),
  ],
);

/** What a person opens a one-time address for: the first owner's start, an invitation, a password that was forgotten. */
export const PASSWORD_LINKS = ['start', 'invitation', 'reset'] as const;

/** A one-time address at which a person sets a password. Kept as the SHA-256 of its secret. */
export const passwordLinks = pgTable(
  'password_links',
  {
    merchantId: merchantKey(),
    hash: text('hash').notNull(),
    userId: userId('user_id').notNull(),
    purpose: text('purpose', { enum: PASSWORD_LINKS }).notNull().default('start'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
    /** When the mail server took its letter, or why it did not. */
    sentAt: at('sent_at'),
    failure: text('failure'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.hash] }),
    foreignKey({ columns: [t.merchantId, t.userId], foreignColumns: [users.merchantId, users.id] }),
    uniqueIndex('password_links_hash').on(t.hash),
    index('password_links_expiry').on(t.expiresAt),
    index('password_links_user').on(t.merchantId, t.userId),
  ],
);

/** Asked for a new password, of an account that may be nobody's: for the limits of a day. */
export const passwordResets = pgTable(
  'password_resets',
  {
    email: text('email').notNull(),
    address: text('address').notNull(),
    at: at('at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    index('password_resets_email').on(t.email, t.at),
    index('password_resets_address').on(t.address, t.at),
    index('password_resets_at').on(t.at),
  ],
);

/** Failed sign-ins, by account and address, for the lock after ten. What was typed as e-mail may be anything: kept for a day. */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    email: text('email').notNull(),
    address: text('address').notNull(),
    at: at('at').notNull().default(sql`cf_now()`),
  },
  (t) => [index('sign_in_failures_who').on(t.email, t.address, t.at), index('sign_in_failures_at').on(t.at)],
);

export const CARD_MODES = ['direct', 'hosted_fields'] as const;
export const GATEWAYS = ['sandbox'] as const;
export type GatewayKind = (typeof GATEWAYS)[number];

/**
 * An account at a gateway, of one profile. Which gateway it is and where never changes: an attempt stays with the account
 * that it was begun with. Keys may be replaced.
 */
export const gatewayAccounts = pgTable(
  'gateway_accounts',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: gatewayAccountId('id').notNull(),
    profileId: profileId('profile_id').notNull(),
    gateway: text('gateway', { enum: GATEWAYS }).notNull(),
    gatewayUrl: text('gateway_url').notNull(),
    /** The gateway's API key, encrypted with a key outside the database. */
    gatewaySecret: text('gateway_secret').notNull(),
    /** Verifies the gateway's notifications; encrypted like the key. Null: none are taken. */
    notificationSecret: text('notification_secret'),
    /** When the key was last set, and who set it: all that is ever told of it. */
    keySetAt: at('key_set_at').notNull().default(sql`cf_now()`),
    keySetBy: text('key_set_by'),
    /** When the gateway was last tried by hand, and what was wrong then. */
    testedAt: at('tested_at'),
    testFault: text('test_fault'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('gateway_accounts_profile').on(t.merchantId, t.profileId),
  ],
);

/** How a merchant takes money: with which account at a gateway, which card mode, captured at once or later. */
export const paymentProfiles = pgTable(
  'payment_profiles',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: profileId('id').notNull(),
    name: text('name').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    enabled: boolean('enabled').notNull().default(true),
    /** What is begun from now on goes to this account. */
    gatewayAccountId: gatewayAccountId('gateway_account_id').notNull(),
    cardMode: text('card_mode', { enum: CARD_MODES }).notNull().default('direct'),
    /** True: the gateway is told of a payment before the card is sent, so that there is something to read. */
    prepareFirst: boolean('prepare_first').notNull().default(false),
    captureAtOnce: boolean('capture_at_once').notNull().default(true),
    /** The last day (UTC) that was held against the gateway's report and our events. */
    balancedThrough: date('balanced_through', { mode: 'string' }),
    /** Telephone orders (MOTO) are taken: what the merchant's contract with the acquirer allows, so an owner says it. */
    moto: boolean('moto').notNull().default(false),
    /** The profile is offered at the payment button. */
    buttonEnabled: boolean('button_enabled').notNull().default(true),
    /** Payment sessions can be asked for in the words of the Vonage Payment API, as account configuration of this id. */
    vccCompatible: boolean('vcc_compatible').notNull().default(false),
    vccConfigurationId: text('vcc_configuration_id'),
    /** What its links ask before they show what they are for, where the request says nothing. */
    challenge: text('challenge', { enum: PROFILE_CHALLENGES }),
    /** Payers whose e-mail address is on file are sent the receipt by itself. */
    receiptMail: boolean('receipt_mail').notNull().default(true),
    /** On receipts, in the merchant's own words: where it is, in lines, and under which number it is taxed. */
    postalAddress: text('postal_address'),
    taxNumber: text('tax_number'),
    newLinkRule: text('new_link_rule', { enum: NEW_LINK_RULES }).notNull().default('automatic'),
    /** When the customer of an unpaid link is reminded, in minutes after its issue and before its end. */
    remindAfterIssue: integer('remind_after_issue').array().notNull().default(sql`'{}'`),
    remindBeforeExpiry: integer('remind_before_expiry').array().notNull().default(sql`'{}'`),
    /** `21:00-08:00` by the payer's clock: no reminder is sent then. */
    quietHours: text('quiet_hours'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      name: 'payment_profiles_account',
      columns: [t.merchantId, t.gatewayAccountId],
      foreignColumns: [gatewayAccounts.merchantId, gatewayAccounts.id],
    }),
    uniqueIndex('payment_profiles_default').on(t.merchantId).where(sql`${t.isDefault}`),
    uniqueIndex('payment_profiles_configuration').on(t.merchantId, t.vccConfigurationId),
    uniqueIndex('payment_profiles_name').on(t.merchantId, t.name),
  ],
);
