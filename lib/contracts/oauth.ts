import * as z from 'zod';

/** The form of RFC 6749, 4.4.2. Id and secret go here or by HTTP Basic, not both. */
export const tokenRequest = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  scope: z.string().optional().meta({ description: 'Fewer than all of the client’s scopes, by spaces.' }),
});

/** RFC 6749, 5.1. */
export const accessToken = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Seconds.' }),
  scope: z.string(),
});

export const OAUTH_ERRORS = [
  'invalid_request',
  'invalid_client',
  'unsupported_grant_type',
  'invalid_scope',
  'server_error',
] as const;

/** RFC 6749, 5.2. */
export const oauthError = z.strictObject({ error: z.enum(OAUTH_ERRORS), error_description: z.string() });
