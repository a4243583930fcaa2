import { isId } from '@/core/ids';
import { type Permission, SCOPES } from '@/core/permissions';
import { findUsableClient, insertToken, noteOAuthClientUse, type OAuthClientRow } from '@/db/queries/oauth';
import type { Ctx, Services } from '../context';
import { sameText } from '../crypto';
import { audit } from '../events/audit';
import { isWithin } from '../network';
import { newAccessToken, readSecret } from './secrets';

const TOKEN_SECONDS = 3600;

/** The form of RFC 6749, 4.4.2, and the Authorization header beside it. */
export type TokenRequest = { form: URLSearchParams; authorization: string | null };
export type TokenAnswer = { access_token: string; token_type: 'Bearer'; expires_in: number; scope: string };
/** RFC 6749, 5.2. */
export type OAuthError = {
  error: 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope';
  error_description: string;
};
/** The one scope of another API, and the scopes of ours that it stands for. */
export type ScopeBundle = { name: string; scopes: readonly Permission[] };
type Result<T> = { ok: true; value: T } | { ok: false; error: OAuthError };

const fail = (error: OAuthError['error'], description: string): { ok: false; error: OAuthError } => ({
  ok: false,
  error: { error, error_description: description },
});

/** Gives a client that knows its secret an access token for one hour, with all of its scopes or the fewer it asks for, or with those of `bundle`. */
export async function issueToken(
  services: Services,
  { form, authorization }: TokenRequest,
  from: { requestId: string; address: string },
  bundle?: ScopeBundle,
): Promise<Result<TokenAnswer>> {
  const repeated = [...new Set(form.keys())].find((name) => form.getAll(name).length > 1);
  if (repeated) return fail('invalid_request', `${repeated} is given more than once.`);
  const credentials = readCredentials(form, authorization);
  if (!credentials.ok) return credentials;
  const client = await authenticate(services, credentials.value);
  if (!client) return fail('invalid_client', 'Client id and secret do not go together, or it is revoked.');
  if (!client.apiEnabled) return fail('invalid_client', 'The API is switched off for this account.');
  if (client.addresses && !isWithin(from.address, client.addresses))
    return fail('invalid_client', 'This client may not be used from this address.');
  const grant = form.get('grant_type');
  if (!grant) return fail('invalid_request', 'grant_type is missing.');
  if (grant !== 'client_credentials')
    return fail('unsupported_grant_type', 'grant_type must be client_credentials.');
  const granted = grantedTo(client, form.get('scope'), bundle);
  if (!granted) return fail('invalid_scope', 'A scope asked for is not one of this client.');
  const { scopes, scope } = granted;
  const { secret, hash } = newAccessToken();
  const { merchantId, id, name } = client;
  const ctx: Ctx = { ...services, ...from, merchantId, actor: { kind: 'api_client', id, name, scopes } };
  await services.db.transaction(async (tx) => {
    await insertToken(tx, { merchantId, hash, clientId: id, scopes, seconds: TOKEN_SECONDS });
    await audit(ctx, tx, 'oauth_token.issued', id, { scopes });
  });
  return {
    ok: true,
    value: {
      access_token: secret,
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      scope,
    },
  };
}

/** The scopes of a token and how they are told; null where the client asks for more than it holds. */
function grantedTo({ scopes: held }: KnownClient, asked: string | null, bundle: ScopeBundle | undefined) {
  const wanted = (asked ?? '').split(' ').filter(Boolean);
  if (bundle) {
    const isHeld = bundle.scopes.every((scope) => held.includes(scope));
    return isHeld && wanted.every((scope) => scope === bundle.name)
      ? { scopes: [...bundle.scopes], scope: bundle.name }
      : null;
  }
  const known = SCOPES.filter((scope) => held.includes(scope));
  if (wanted.some((scope) => !known.some((one) => one === scope))) return null;
  const scopes = known.filter((scope) => wanted.length === 0 || wanted.includes(scope));
  return { scopes, scope: scopes.join(' ') };
}

type ClientSecret = { id: string; secret: string };

/** Id and secret from HTTP Basic or from the form, never from both (RFC 6749, 2.3). */
function readCredentials(form: URLSearchParams, authorization: string | null): Result<ClientSecret> {
  const posted = { id: form.get('client_id'), secret: form.get('client_secret') };
  if (authorization === null) {
    if (posted.id && posted.secret) return { ok: true, value: { id: posted.id, secret: posted.secret } };
    return fail('invalid_client', 'Send client_id and client_secret, in the form or by HTTP Basic.');
  }
  const basic = readBasic(authorization);
  if (!basic) return fail('invalid_client', 'The Authorization header is not HTTP Basic.');
  if (posted.secret || (posted.id && posted.id !== basic.id))
    return fail('invalid_request', 'Name the client in one way: HTTP Basic, or the form.');
  return { ok: true, value: basic };
}

function readBasic(authorization: string): ClientSecret | null {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  if (!encoded) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  const [id, secret] = [text.slice(0, colon), text.slice(colon + 1)].map(formDecoded);
  return id && secret ? { id, secret } : null;
}

/** Both halves are form-encoded before they are joined (RFC 6749, 2.3.1). */
const formDecoded = (text: string): string | null => new URLSearchParams(`v=${text}`).get('v');

type KnownClient = OAuthClientRow & { apiEnabled: boolean };

/** The client whose secret this is, or was until its overlap is over. */
async function authenticate({ db }: Services, { id, secret }: ClientSecret): Promise<KnownClient | null> {
  const read = readSecret(secret);
  if (read?.kind !== 'secret' || !isId('oauthClient', id)) return null;
  const found = await findUsableClient(db, id);
  if (!found) return null;
  const { client, apiEnabled, previousWorks, unnoted } = found;
  const is = (hash: string | null) => hash !== null && sameText(hash, read.hash);
  const known = is(client.secretHash) || (is(client.previousSecretHash) && previousWorks);
  if (known && unnoted) await noteOAuthClientUse(db, client);
  return known ? { ...client, apiEnabled } : null;
}
