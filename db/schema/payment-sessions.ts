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
import {
  CALL_DIRECTIONS,
  type FieldsFacts,
  type FormProgress,
  RECORDING_STATES,
  SESSION_FIELDS,
  SESSION_KINDS,
  SESSION_STATES,
} from '@/core/payment-session';
import {
  agentTokenId,
  at,
  captureId,
  merchantKey,
  paymentAttemptId,
  paymentLinkId,
  paymentSessionId,
  profileId,
  telephonyAccountId,
} from './columns';
import { merchants } from './merchants';
import { paymentLinks } from './payment-links';

export const TELEPHONY_KINDS = ['sandbox'] as const;
export const SECURED_HOW = ['masked', 'secured_leg'] as const;

/** An account at a telephony provider: where the calls of a merchant's agents are. Secrets encrypted with a key outside the database. */
export const telephonyAccounts = pgTable(
  'telephony_accounts',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: telephonyAccountId('id').notNull(),
    kind: text('kind', { enum: TELEPHONY_KINDS }).notNull(),
    url: text('url').notNull(),
    secret: text('secret').notNull(),
    /** Verifies the provider's notifications. */
    notificationSecret: text('notification_secret').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    /** A provider knows us by the account's id alone. */
    uniqueIndex('telephony_accounts_id').on(t.id),
  ],
);

/** A payment that an agent takes during a call, over one payment link. Of a card only what an agent may know. */
export const paymentSessions = pgTable(
  'payment_sessions',
  {
    merchantId: merchantKey(),
    id: paymentSessionId('id').notNull(),
    paymentLinkId: paymentLinkId('payment_link_id').notNull(),
    profileId: profileId('profile_id').notNull(),
    kind: text('kind', { enum: SESSION_KINDS }).notNull(),
    state: text('state', { enum: SESSION_STATES }).notNull(),
    /** Counts changes of this row: what a screen waits for. */
    revision: integer('revision').notNull().default(1),
    /** A user's id, or how another system names its agent. */
    agentId: text('agent_id').notNull(),
    agentName: text('agent_name').notNull(),
    /** How the telephony provider names the agent. */
    agentLine: text('agent_line').notNull(),
    telephonyAccountId: telephonyAccountId('telephony_account_id'),
    callId: text('call_id'),
    callLeg: text('call_leg'),
    callDirection: text('call_direction', { enum: CALL_DIRECTIONS }),
    /** Said by whoever made the session: there is no call to secure, as in tests of an integration. */
    withoutCall: boolean('without_call').notNull().default(false),
    secured: text('secured', { enum: SECURED_HOW }),
    /** The provider's own name of what secured it, where it has one. */
    securedHandle: text('secured_handle'),
    recording: text('recording', { enum: RECORDING_STATES }),
    /** When the recording's state last changed. */
    recordingAt: at('recording_at'),
    /** The capture at the card process, where that is, what proves its digits (encrypted), and how far the calls to and from it have come. */
    captureId: captureId('capture_id'),
    captureCallback: text('capture_callback'),
    captureSource: text('capture_source'),
    captureOrder: integer('capture_order').notNull().default(0),
    /** What the card process has still to be asked, under the newest order. */
    pendingAct: text('pending_act', { enum: ['field', 'submit'] }),
    reportCount: integer('report_count').notNull().default(0),
    heardAt: at('heard_at'),
    fields: jsonb('fields').$type<FieldsFacts>().notNull(),
    activeField: text('active_field', { enum: SESSION_FIELDS }),
    brand: text('brand'),
    attemptId: paymentAttemptId('attempt_id'),
    /** How far the payer is with the form of the pay page, and where it was opened. */
    progress: jsonb('progress').$type<FormProgress>(),
    inApp: text('in_app'),
    /** Why it ended, or what went wrong last: a code. */
    reason: text('reason'),
    /** What came with it from a system that speaks another API: kept and given back untouched. */
    compatible: jsonb('compatible').$type<Record<string, string>>(),
    createdByKind: text('created_by_kind').notNull(),
    createdById: text('created_by_id'),
    createdByName: text('created_by_name').notNull(),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    updatedAt: at('updated_at').notNull().default(sql`cf_now()`),
    /** When it came into its state; the limits of time count from here, or from the capture's begin. */
    stateAt: at('state_at').notNull().default(sql`cf_now()`),
    captureAt: at('capture_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      name: 'payment_sessions_of_link',
      columns: [t.merchantId, t.paymentLinkId],
      foreignColumns: [paymentLinks.merchantId, paymentLinks.id],
    }),
    /** The card process knows a session by its id alone. */
    uniqueIndex('payment_sessions_id').on(t.id),
    uniqueIndex('payment_sessions_link').on(t.merchantId, t.paymentLinkId),
    index('payment_sessions_agent').on(t.merchantId, t.agentId, t.id),
    /** One capture per call. */
    uniqueIndex('payment_sessions_call')
      .on(t.merchantId, t.callId)
      .where(
        sql`${t.state} in ('securing', 'capturing', 'ready', 'submitting') and ${t.kind} = 'agent_assist'`,
      ),
    index('payment_sessions_watched')
      .on(t.merchantId, t.id)
      .where(
        sql`(${t.kind} = 'agent_assist' and ${t.endedAt} is null) or ${t.secured} is not null or ${t.captureId} is not null
          or ${t.recording} in ('suspending', 'suspended', 'resuming', 'resume_failed')`,
      ),
    index('payment_sessions_live').on(t.merchantId, t.callId, t.id).where(sql`${t.callId} is not null`),
  ],
);

/**
 * A short right to work at the agent's desk without a cookie: for a frame inside a CRM. Kept as SHA-256. `sessionId`: for
 * that one payment session alone.
 */
export const agentTokens = pgTable(
  'agent_tokens',
  {
    merchantId: merchantKey().references(() => merchants.id),
    id: agentTokenId('id').notNull(),
    hash: text('hash').notNull(),
    kind: text('kind', { enum: ['launch', 'access', 'refresh'] }).notNull(),
    agentId: text('agent_id').notNull(),
    agentName: text('agent_name').notNull(),
    agentLine: text('agent_line').notNull(),
    sessionId: paymentSessionId('session_id'),
    /** The API key or OAuth client that let the agent in: once it is revoked, they are out. */
    issuedBy: text('issued_by'),
    createdAt: at('created_at').notNull().default(sql`cf_now()`),
    expiresAt: at('expires_at').notNull(),
    /** A launch is used once; a refresh gives way to the next. */
    usedAt: at('used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('agent_tokens_hash').on(t.hash),
    index('agent_tokens_expiry').on(t.expiresAt),
    index('agent_tokens_issuer').on(t.merchantId, t.issuedBy),
  ],
);
