import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ctx } from '../context';
import { beginSignIn, finishRound, saveSingleSignOn } from '.';

const CLIENT = 'counterfoil';
type Said = Record<string, unknown>;

/** A provider that says what a test wants, also what none would: its tokens are signed, with its key or another. */
export async function testProvider() {
  const [key, other] = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  if (!key || !other) throw new Error('no keys');
  const provider = { issuer: '', claims: {} as Said, metadata: {} as Said, isForged: false, close: () => {} };
  const token = () => {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: provider.issuer, aud: CLIENT, iat: now, exp: now + 300 };
    const body = [
      { alg: 'RS256', kid: 'one' },
      { ...usual, ...provider.claims },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const { privateKey } = provider.isForged ? other : key;
    return `${body}.${createSign('sha256').update(body).sign(privateKey, 'base64url')}`;
  };
  const answers: Record<string, () => Said> = {
    '/.well-known/openid-configuration': () => ({
      issuer: provider.issuer,
      authorization_endpoint: `${provider.issuer}/auth`,
      token_endpoint: `${provider.issuer}/token`,
      jwks_uri: `${provider.issuer}/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
      ...provider.metadata,
    }),
    '/jwks': () => ({
      keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }],
    }),
    '/token': () => ({ access_token: 'access', token_type: 'Bearer', id_token: token() }),
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? '']?.();
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return provider;
}
export type TestProvider = Awaited<ReturnType<typeof testProvider>>;

/** Settings with which the people of juniper.example come in, by their groups. */
export const SETTINGS = {
  version: 0,
  enabled: true,
  clientId: CLIENT,
  clientSecret: 'a secret of the client',
  domains: ['juniper.example'],
  roleClaim: 'groups',
  roleValues: [
    { value: 'cf-admins', role: 'admin' },
    { value: 'cf-agents', role: 'agent' },
    { value: 'cf-viewers', role: 'viewer' },
  ],
  defaultRole: null,
  createsPeople: true,
  passwordAllowed: true,
  needsSecondFactor: false,
} as const;

/** Saves settings over those that there are; their version. */
export async function save(ctx: Ctx, { issuer }: TestProvider, more: object = {}): Promise<number> {
  const [row] = await ctx.db.execute<{ version: number }>(
    `select version from single_sign_on where merchant_id = ${ctx.merchantId}`,
  );
  const saved = await saveSingleSignOn(ctx, { ...SETTINGS, issuer, version: row?.version ?? 0, ...more });
  if (!saved.ok) throw new Error(saved.error.message);
  return saved.value.version;
}

export const FROM = { address: '192.0.2.7', userAgent: 'Test', requestId: 'req_test' };

/** A person of this domain is led to the provider: what its address and their browser hold then. */
export async function leave(ctx: Ctx, domain = 'juniper.example') {
  const begun = await beginSignIn(ctx, { domain, next: '/admin/links', browser: null });
  if (!begun.ok) throw new Error(begun.reason);
  return sent(begun.value);
}

export function sent({ url, browser }: { url: string; browser: string }) {
  const query = new URL(url).searchParams;
  const [state, nonce] = [query.get('state') ?? '', query.get('nonce') ?? ''];
  return { query, browser, state, nonce, search: `?${new URLSearchParams({ code: 'code', state })}` };
}

/** The whole way: the provider says this of the person. */
export async function comeBack(ctx: Ctx, provider: TestProvider, claims: Said, domain?: string) {
  const { search, browser, nonce } = await leave(ctx, domain);
  provider.claims = { nonce, ...claims };
  return finishRound(ctx, { search, browser, from: FROM });
}
