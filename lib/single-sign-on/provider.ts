import * as client from 'openid-client';
import type { SingleSignOnRow } from '@/db/queries/single-sign-on';
import type { Config, Services } from '../context';
import { CALLBACK_PATH } from '../contracts/single-sign-on';
import { seal, unseal } from '../crypto';
import { checkSpelling } from '../egress/guard';
import { post } from '../egress/post';
import { Recent } from '../recent';

/** A provider that does not answer, or not as a provider does. The message is for the owner who sets it up. */
export class ProviderAway extends Error {}

const BUDGETS = {
  connectMs: 3_000,
  headersMs: 8_000,
  totalMs: 10_000,
  readBytes: 262_144,
  keepBytes: 262_144,
};
const KNOWN_MS = 600_000;

/** Every request to a provider goes by the rules for addresses that customers give: its own documents name further ones. */
const guardedFetch =
  ({ egressAllow }: Config): client.CustomFetch =>
  async (url, { method, headers, body }) => {
    if (method !== 'GET' && method !== 'POST') throw new ProviderAway(`is asked with ${method}`);
    const sent = body === null || body === undefined ? '' : String(body);
    const result = await post(url, headers, sent, {
      allow: egressAllow,
      budgets: BUDGETS,
      method,
      // A code is good for one exchange.
      once: method === 'POST',
    });
    const where = new URL(url).host;
    if (result.kind === 'failed') throw new ProviderAway(`${where}: ${result.reason}`);
    if (result.cut) throw new ProviderAway(`${where}: its answer is ${result.cut.replace('_', ' ')}`);
    return new Response(result.answer || null, { status: result.status, headers: result.headers });
  };

export const clientSecretContext = (merchantId: number) => `single_sign_on_secret:${merchantId}`;
export const sealClientSecret = ({ dataKey }: Config, merchantId: number, secret: string): string =>
  seal(dataKey, secret, clientSecretContext(merchantId));

type Registered = { issuer: string; clientId: string; clientSecret: string };

/** Reads what a provider says of itself. Throws ProviderAway with a sentence that says what is wrong. */
export async function discover(
  config: Config,
  { issuer, clientId, clientSecret }: Registered,
): Promise<client.Configuration> {
  // Plain http is only for the exact origins that the operator has listed: the guard refuses it for all others.
  const execute = [client.enableNonRepudiationChecks];
  if (issuer.startsWith('http:')) execute.push(client.allowInsecureRequests);
  const options = { execute, [client.customFetch]: guardedFetch(config) };
  const found = await client
    .discovery(new URL(issuer), clientId, {}, byItsWays(clientSecret), options)
    .catch((error: unknown) => {
      throw new ProviderAway(sentenceOf(error));
    });
  const said = found.serverMetadata();
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const) {
    const address = said[name];
    const checked = address && checkSpelling(address, config.egressAllow);
    if (!checked) throw new ProviderAway(`its ${name} is missing`);
    if (!checked.ok) throw new ProviderAway(`its ${name} ${checked.reason}`);
  }
  return found;
}

/** What is asked for. Some providers tell groups only to who asks. */
export const scopeOf = (provider: client.Configuration): string =>
  provider.serverMetadata().scopes_supported?.includes('groups')
    ? 'openid email profile groups'
    : 'openid email profile';

/** With the header that the standard has for it, or in the form where the provider takes only that. */
const byItsWays =
  (secret: string): client.ClientAuth =>
  (as, ...rest) => {
    const ways = as.token_endpoint_auth_methods_supported;
    const basic = !ways || ways.includes('client_secret_basic');
    return (basic ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret))(as, ...rest);
  };

/** What went wrong with a provider, for the owner who sets it up. */
export function sentenceOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ProviderAway) return cause.message;
  if (error instanceof client.ResponseBodyError || error instanceof client.AuthorizationResponseError)
    return [error.error, error.error_description].filter(Boolean).join(': ').slice(0, 200);
  return error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read';
}

type Known = { until: number; provider: Promise<client.Configuration> };
const known = new Recent<Known>(500);

/** The provider of a merchant, asked for once in ten minutes; one that failed is asked again. */
export function providerOf(
  { config }: Pick<Services, 'config'>,
  row: SingleSignOnRow,
): Promise<client.Configuration> {
  const key = [row.merchantId, row.version, row.issuer, row.clientSecret].join(' ');
  const begin = (): Known => {
    const clientSecret = unseal(config.dataKey, row.clientSecret, clientSecretContext(row.merchantId));
    const provider = discover(config, { ...row, clientSecret });
    provider.catch(() => known.forget(key));
    return { until: performance.now() + KNOWN_MS, provider };
  };
  if (known.get(key, begin).until < performance.now()) known.forget(key);
  return known.get(key, begin).provider;
}

export const callbackUrl = ({ portalUrl }: Config): string => `${portalUrl}${CALLBACK_PATH}`;
