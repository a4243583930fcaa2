import { createHash } from 'node:crypto';
import { isId } from '@/core/ids';
import { findPublicKeys } from '@/db/queries/webhook-endpoints';
import type { Services } from '../context';
import { PUBLIC_KEY_PREFIX } from './view';

/** RFC 7517 and RFC 8037, with the key as Standard Webhooks writes it beside it. */
export type WebhookJwk = {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  use: 'sig';
  alg: 'EdDSA';
  kid: string;
  whpk: string;
};

/**
 * The published keys of an endpoint, the newest first; the one before while it signs too. For anybody: they verify and
 * cannot sign. Null where there is no such endpoint. Each endpoint has its own, so that nobody's webhook passes at another's.
 */
export async function readWebhookKeys(
  { db }: Services,
  endpointId: string,
): Promise<{ keys: WebhookJwk[] } | null> {
  if (!isId('webhookEndpoint', endpointId)) return null;
  const found = await findPublicKeys(db, endpointId);
  return found && { keys: found.map(jwkOf) };
}

function jwkOf(publicKey: string): WebhookJwk {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  const thumbprint = JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x });
  const kid = createHash('sha256').update(thumbprint).digest('base64url');
  return {
    kty: 'OKP',
    crv: 'Ed25519',
    x,
    use: 'sig',
    alg: 'EdDSA',
    kid,
    whpk: PUBLIC_KEY_PREFIX + publicKey,
  };
}
