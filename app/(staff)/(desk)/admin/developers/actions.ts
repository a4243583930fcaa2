'use server';
import { staffAction } from '@/app/_server/staff';
import {
  createApiKey,
  createOAuthClient,
  revokeApiKey,
  revokeOAuthClient,
  rotateApiKey,
  rotateClientSecret,
} from '@/lib/api-clients';

const DAY_MS = 86_400_000;

/** Makes a key, for so many days or, with 0, until it is revoked. The answer holds it, this once. */
export const createKey = staffAction('create_api_key', ({ ctx }, input: object, days: number) =>
  createApiKey(ctx, {
    ...input,
    ...(Number(days) > 0 && { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
  }),
);

/** Makes an OAuth client. The answer holds its secret, this once. */
export const createClient = staffAction('create_oauth_client', ({ ctx }, input: object) =>
  createOAuthClient(ctx, input),
);

/** A key in the place of another, which works for so many seconds more. */
export const replaceKey = staffAction('rotate_api_key', ({ ctx }, id: string, overlapSeconds: number) =>
  rotateApiKey(ctx, String(id), { overlapSeconds: Number(overlapSeconds) }),
);

/** A new secret of a client; the one before works for so many seconds more. */
export const replaceSecret = staffAction(
  'rotate_client_secret',
  ({ ctx }, id: string, overlapSeconds: number) =>
    rotateClientSecret(ctx, String(id), { overlapSeconds: Number(overlapSeconds) }),
);

export const revokeKey = staffAction('revoke_api_key', ({ ctx }, id: string) =>
  revokeApiKey(ctx, String(id)),
);

export const revokeClient = staffAction('revoke_oauth_client', ({ ctx }, id: string) =>
  revokeOAuthClient(ctx, String(id)),
);
