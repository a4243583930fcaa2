import type { Credentials } from '@/core/crm';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Ctx } from '../context';
import type { CredentialsInput } from '../contracts/crm';
import { seal, unseal } from '../crypto';
import { checkAddress } from '../egress/check-address';
import type { Resolve } from '../egress/guard';
import type { PostOptions } from '../egress/post';
import type { KeyRing } from '../key-ring';
import { accessToken, forgetToken } from './access-token';

/** Whose credentials: sealed to the row and column they are of. */
export type CredentialOwner = { merchantId: number; of: 'form_lookup' | 'write_back'; id: string };
export const credentialContext = ({ merchantId, of, id }: CredentialOwner): string =>
  `${of}_credential:${merchantId}:${id}`;

type Kept = { credentials: Credentials; credentialSecret: string | null };
/** Where it is sent to belongs to it: a secret that was kept never follows to another origin. */
type Placed = Kept & { url: string };

const refused = (path: string, message: string) =>
  refuse('invalid', `${path}: ${message}`, { errors: [{ path, message }] });

/** The columns of credentials as they were typed. A secret that was left out stays, where it goes to the same place. */
export function keepCredentials(
  dataKey: KeyRing,
  owner: CredentialOwner,
  { input, url }: { input: CredentialsInput; url: string },
  before: Placed | null,
): Outcome<Kept> {
  if (input.kind === 'signature') return ok({ credentials: { kind: 'signature' }, credentialSecret: null });
  const { secret, ...shown } = splitSecret(input);
  const stays =
    before !== null && placeOf(before.credentials, before.url) === placeOf(shown.credentials, url);
  const sealed = secret === undefined ? null : seal(dataKey, secret, credentialContext(owner));
  const credentialSecret = sealed ?? (stays ? before.credentialSecret : null);
  if (credentialSecret !== null) return ok({ ...shown, credentialSecret });
  const path = input.kind === 'oauth' ? 'credentials.clientSecret' : 'credentials.value';
  return refused(path, 'is needed');
}

const placeOf = (credentials: Credentials, url: string): string =>
  `${credentials.kind} ${new URL(credentials.kind === 'oauth' ? credentials.tokenUrl : url).origin}`;

function splitSecret(input: Exclude<CredentialsInput, { kind: 'signature' }>): {
  credentials: Credentials;
  secret: string | undefined;
} {
  if (input.kind === 'header')
    return { credentials: { kind: 'header', name: input.name }, secret: input.value };
  const { tokenUrl, clientId, scope, clientSecret, attributes = {} } = input;
  const more = Object.keys(attributes).length > 0 && { attributes };
  return {
    credentials: { kind: 'oauth', tokenUrl, clientId, scope: scope?.trim() || null, ...more },
    secret: clientSecret,
  };
}

/** The token's address is judged like every other that a merchant gives. */
export async function checkCredentials(
  ctx: Ctx,
  input: CredentialsInput,
  resolve?: Resolve,
): Promise<Outcome<unknown>> {
  if (input.kind !== 'oauth') return ok(true);
  return checkAddress(ctx, 'credentials.tokenUrl', input.tokenUrl, resolve);
}

export type Proof =
  | { ok: true; headers: Record<string, string>; forget: () => void }
  | { ok: false; reason: string; late: boolean };

const NOTHING: Proof = { ok: true, headers: {}, forget: () => {} };

/** The headers that prove who asks, beside the signature. `forget` is for a token that was refused. */
export async function proveWith(
  dataKey: KeyRing,
  owner: CredentialOwner,
  { credentials, credentialSecret }: Kept,
  options: PostOptions,
): Promise<Proof> {
  if (credentials.kind === 'signature' || credentialSecret === null) return NOTHING;
  const secret = unseal(dataKey, credentialSecret, credentialContext(owner));
  if (credentials.kind === 'header')
    return { ok: true, headers: { [credentials.name]: secret }, forget: () => {} };
  const token = await accessToken(credentials, secret, options);
  if (!token.ok) return token;
  return {
    ok: true,
    headers: { authorization: `Bearer ${token.token}` },
    forget: () => forgetToken(credentials, secret),
  };
}
