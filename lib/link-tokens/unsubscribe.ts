import { idFromUuid, uuidFromId } from '@/core/ids';
import { type LinkTokenKeys, mintLinkToken, readLinkToken } from './index';

/** What is MACed for one purpose is worth nothing for another: this opens no payment. */
const UNSUBSCRIBE_PURPOSE = 'counterfoil/unsubscribe/v1\n';

type Claims = { merchantId: number; message: string };

/** Part of an address at which whoever got this message wants no more of them. It has no end: the mail stays in its box. */
export function mintUnsubscribe(keys: LinkTokenKeys, { merchantId, message }: Claims): string {
  const tokenId = uuidFromId('message', message);
  if (!tokenId) throw new Error('not a message id');
  const claims = { keyId: keys.signing, merchantId, tokenId, expiresAtSeconds: 0 };
  return mintLinkToken(keys, claims, UNSUBSCRIBE_PURPOSE);
}

/** Of which message such a token is, or null where it is not ours. Asks no database. */
export function readUnsubscribe(keys: LinkTokenKeys, token: string): Claims | null {
  const claims = readLinkToken(keys, token, UNSUBSCRIBE_PURPOSE);
  return claims && { merchantId: claims.merchantId, message: idFromUuid('message', claims.tokenId) };
}
