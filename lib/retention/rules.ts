import { sql } from 'drizzle-orm';
import type { Partitioned } from '@/db/queries/partitions';
import {
  besideByTime,
  byTime,
  type DeleteOld,
  deleteOldBulkActs,
  deleteOldDeliveries,
  deleteOldEvents,
  deleteOldMessages,
  deleteOldTokens,
} from '@/db/queries/retention';
import {
  agentTokens,
  apiRequests,
  factorFailures,
  formLookupCalls,
  gatewayNotifications,
  idempotencyKeys,
  oauthTokens,
  pageChecks,
  passwordLinks,
  passwordResets,
  paymentLinkBatches,
  paymentLinkBatchRejects,
  pendingSignIns,
  sessions,
  signInFailures,
  signInRounds,
  spentChallenges,
} from '@/db/schema';
import type { Keep } from './keep';

type Kind = {
  /** The tables whose rows go. */
  tables: string[];
  /** Seconds after the instant that the query looks at. */
  after: (keep: Keep) => number;
  delete: DeleteOld;
  /** Which of them has partitions, that are dropped after the same time; `delete` is for the rest. */
  partitioned?: Partitioned;
};

const DAY = 86_400;
const always = (seconds: number) => () => seconds;

/** Told of on the evidence page too. */
export const API_REQUESTS_SECONDS = 30 * DAY;
/** The proof of a year, and the time to show it. */
export const PAGE_CHECKS_SECONDS = 400 * DAY;

/** What is deleted, and when, in this order: deliveries go before their events. */
export const KINDS: Kind[] = [
  // Their end.
  {
    tables: ['idempotency_keys'],
    after: always(0),
    delete: byTime(idempotencyKeys, idempotencyKeys.expiresAt),
  },
  { tables: ['oauth_tokens'], after: always(0), delete: byTime(oauthTokens, oauthTokens.expiresAt) },
  { tables: ['agent_tokens'], after: always(0), delete: byTime(agentTokens, agentTokens.expiresAt) },
  { tables: ['password_links'], after: always(DAY), delete: byTime(passwordLinks, passwordLinks.expiresAt) },
  // The lock after failed sign-ins looks back an hour at the most.
  { tables: ['sign_in_failures'], after: always(DAY), delete: byTime(signInFailures, signInFailures.at) },
  // The limit of wrong codes looks back a day.
  {
    tables: ['factor_failures'],
    after: always(2 * DAY),
    delete: byTime(factorFailures, factorFailures.at),
  },
  {
    tables: ['pending_sign_ins'],
    after: always(2 * DAY),
    delete: byTime(pendingSignIns, pendingSignIns.createdAt),
  },
  {
    tables: ['spent_challenges'],
    after: always(2 * DAY),
    delete: byTime(spentChallenges, spentChallenges.at),
  },
  // What a try of single sign-on showed can be read meanwhile.
  {
    tables: ['sign_in_rounds'],
    after: always(3600),
    delete: byTime(signInRounds, signInRounds.startedAt),
  },
  // Their limits are those of a day.
  { tables: ['password_resets'], after: always(DAY), delete: byTime(passwordResets, passwordResets.at) },
  // None lives longer than 12 hours; the rest is for who asks from where an account was used.
  { tables: ['sessions'], after: always(90 * DAY), delete: byTime(sessions, sessions.createdAt) },
  // Never came whole: no request lasts for so long.
  {
    tables: ['payment_link_batches', 'payment_link_batch_parts', 'payment_link_batch_errors'],
    after: always(3600),
    delete: byTime(
      paymentLinkBatches,
      paymentLinkBatches.createdAt,
      sql`state in ('receiving', 'checking', 'issuing') and state = 'receiving'`,
    ),
  },
  // They hold what customers are known by: kept for as long as somebody mends them.
  {
    tables: ['payment_link_batch_rejects'],
    after: always(30 * DAY),
    delete: byTime(paymentLinkBatchRejects, paymentLinkBatchRejects.createdAt),
  },
  // What was done to each link is in its own log.
  {
    tables: ['bulk_acts', 'bulk_act_links'],
    after: always(30 * DAY),
    delete: deleteOldBulkActs,
  },
  {
    tables: ['api_requests'],
    after: always(API_REQUESTS_SECONDS),
    delete: besideByTime('api_requests', apiRequests.at),
    partitioned: 'api_requests',
  },
  {
    tables: ['form_lookup_calls'],
    after: always(30 * DAY),
    delete: byTime(formLookupCalls, formLookupCalls.at),
  },
  {
    tables: ['page_checks'],
    after: always(PAGE_CHECKS_SECONDS),
    delete: byTime(pageChecks, pageChecks.lookedAt),
  },
  // What a gateway tells again so late is judged by the payment, as anything it tells.
  {
    tables: ['gateway_notifications'],
    after: always(400 * DAY),
    delete: byTime(gatewayNotifications, gatewayNotifications.endedAt),
  },
  { tables: ['link_tokens', 'reminders'], after: always(400 * DAY), delete: deleteOldTokens },
  { tables: ['messages'], after: ({ messages }) => messages * DAY, delete: deleteOldMessages },
  {
    tables: ['webhook_deliveries', 'webhook_tries'],
    after: ({ deliveries }) => deliveries * DAY,
    delete: deleteOldDeliveries,
    partitioned: 'webhook_tries',
  },
  { tables: ['events'], after: ({ events }) => events * DAY, delete: deleteOldEvents },
];

/** What is kept for good, by why. Every table stands in one of the two lists, which a test holds. */
export const KEPT: Record<string, string[]> = {
  'the books': [
    'payment_links',
    'payment_attempts',
    'ledger_entries',
    'refunds',
    'disputes',
    'balance_reports',
  ],
  'who did what': ['audit_entries', 'audit_chain', 'audit_head', 'audit_roots', 'audit_checks', 'alerts'],
  'what a person wishes': ['opt_outs'],
  'as long as its link': ['payment_link_texts', 'payment_sessions', 'challenges', 'link_requests'],
  'sums of what went': ['daily_figures', 'figures_marks'],
  'how it is set up': [
    ...['merchants', 'logos', 'users', 'api_keys', 'oauth_clients', 'api_rate_buckets', 'webhook_endpoints'],
    ...['gateway_accounts', 'payment_profiles', 'telephony_accounts', 'form_lookups', 'own_sentences'],
    ...['authenticator_apps', 'passkeys', 'recovery_codes', 'kept_keys', 'saved_views'],
    ...['single_sign_on', 'single_sign_on_domains', 'identities'],
  ],
};
