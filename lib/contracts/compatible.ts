import * as z from 'zod';
import { credentialsInput, url } from './crm';
import type { WriteBack } from './write-backs';

/** The scope of the Vonage Payment API, and the scopes of ours that it stands for: a client must hold all of them. */
export const GLOBALPCI = {
  name: 'globalpci',
  scopes: ['payment_sessions:create', 'payment_sessions:read', 'payment_links:create'],
} as const;

export const COMPATIBLE_CODES = {
  INVALID_REQUEST: 400,
  AGENT_ID_REQUIRED: 400,
  AMOUNT_INVALID: 400,
  ACCOUNT_CONFIGURATION_NOT_FOUND: 400,
  NO_ACTIVE_CALL: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;
export type CompatibleCode = keyof typeof COMPATIBLE_CODES;

const MOST_NAMES = 50;
const paymentData = z
  .record(z.string().min(1).max(64), z.string().max(500))
  .refine((value) => Object.keys(value).length <= MOST_NAMES, { error: `at most ${MOST_NAMES} names` });
export type PaymentData = z.output<typeof paymentData>;

/** POST /v1/session and /v1/digitalsession. What else is sent is not looked at, as clients of that API expect. */
export const compatibleSessionInput = z.object({
  agentId: z.string().trim().max(100).optional(),
  paymentData,
  accountConfigurationId: z
    .union([z.string().trim().min(1).max(64), z.int().min(0)])
    .transform(String)
    .nullish(),
  skipCallTransfer: z.boolean().nullish(),
});

export const SESSION_STATES_TOLD = ['Created', 'InProgress', 'Finished'] as const;
export const DECISIONS_TOLD = ['ACCEPT', 'DECLINE', 'ERROR', 'CANCEL', 'EXPIRED'] as const;
export type DecisionTold = (typeof DECISIONS_TOLD)[number];

/** GET /v1/session/{sessionGuid}, and the body of the webhook. */
export type CompatibleStatus = {
  sessionGuid: string;
  callGuid: string | null;
  providerSessionGuid: string;
  createdOn: string;
  lastUpdatedOn: string;
  sessionState: (typeof SESSION_STATES_TOLD)[number];
  paymentResultData: Record<string, string>;
};

/** What POST /v1/session and /v1/digitalsession answer. */
export type CompatibleSession = {
  sessionGuid: string;
  iframeUrl: string;
  agentAccessToken: string;
  agentRefreshToken: string;
};

/** Whether a profile is an account configuration of that API, and under which id; without one it gets the next number. */
export const changeCompatibilityInput = z.strictObject({
  profile: z.string().max(64),
  enabled: z.boolean(),
  configurationId: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { error: 'must be letters, digits, points and dashes' })
    .optional(),
});

/** Sets up the webhook of an account configuration, or changes it: `version` is the one that was read, null for the first. */
export const saveCompatibleWebhookInput = z.strictObject({
  profile: z.string().max(64),
  version: z.int().nullable(),
  url,
  credentials: credentialsInput,
  secret: z.string().max(100).optional(),
});

/** A profile as account configuration. Nothing of its secrets. */
export type Compatibility = {
  enabled: boolean;
  configurationId: string | null;
  webhook: Pick<WriteBack, 'endpoint' | 'credentials'> | null;
};
