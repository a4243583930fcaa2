import * as z from 'zod';
import { SCOPES } from '@/core/permissions';
import { instant, maker, time } from './common';
import { plain } from './text';

export const MOST_OVERLAP_SECONDS = 7 * 86_400;
export const DEFAULT_OVERLAP_SECONDS = 86_400;

const distinct = (list: readonly string[]): boolean => new Set(list).size === list.length;
const scopes = z.array(z.enum(SCOPES)).min(1).refine(distinct, { error: 'names a scope twice' });
/** Addresses or networks in CIDR notation. */
const addresses = z
  .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
  .min(1)
  .max(50);

/** A new API key. Without `expiresAt` it works until it is revoked, without `addresses` from anywhere. */
export const createApiKeyInput = z.strictObject({
  name: plain(100),
  scopes,
  expiresAt: instant.optional(),
  addresses: addresses.optional(),
});
export type CreateApiKeyInput = z.input<typeof createApiKeyInput>;

/** A new secret; the one it replaces works for `overlapSeconds` more. */
export const rotateInput = z.strictObject({
  overlapSeconds: z.int().min(0).max(MOST_OVERLAP_SECONDS).default(DEFAULT_OVERLAP_SECONDS),
});

export const createOAuthClientInput = z.strictObject({
  name: plain(100),
  scopes,
  addresses: addresses.optional(),
});
export type CreateOAuthClientInput = z.input<typeof createOAuthClientInput>;

const common = {
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  addresses: z.array(z.string()).nullable(),
  createdBy: maker.shape.name,
  createdAt: time,
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
};

/** An API key as the screens tell it: never its secret. */
export const apiKey = z.strictObject({
  ...common,
  object: z.literal('api_key'),
  prefix: z.string(),
  state: z.enum(['active', 'expired', 'revoked']),
  expiresAt: time.nullable(),
  replaces: z.string().nullable(),
});
export type ApiKey = z.output<typeof apiKey>;
/** Shown once, at its making. */
export type NewApiKey = ApiKey & { key: string };

/** An OAuth client as the screens tell it: never its secret. `id` is the client id. */
export const oauthClient = z.strictObject({
  ...common,
  object: z.literal('oauth_client'),
  state: z.enum(['active', 'revoked']),
  previousSecretUntil: time.nullable(),
});
export type OAuthClient = z.output<typeof oauthClient>;
/** Shown once, at its making or when it gets a new secret. */
export type NewOAuthClient = OAuthClient & { clientSecret: string };
