import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Page } from '@playwright/test';
import Provider from 'oidc-provider';
import { run } from './support';

export const issuer = process.env.CF_PROVIDER ?? '';
const CLIENT = { client_id: 'counterfoil', client_secret: randomBytes(24).toString('base64url') };

/** A certified provider on another site than the portal's. Who signs in as a name has the groups of that name. */
export async function serveProvider(domain: string, groups: Map<string, string[]>) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [`${run.portalUrl}/api/auth/sso/callback`] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'one' }] },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    // Nobody is asked whether the portal may know who they are.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: CLIENT.client_id,
        ...(oidc.account && { accountId: oidc.account.accountId }),
      });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({
        sub,
        email: `${sub}@${domain}`,
        email_verified: true,
        name: `Nora ${sub}`,
        groups: groups.get(sub) ?? [],
      }),
    }),
  });
  const server = createServer(provider.callback());
  const { port, hostname } = new URL(issuer);
  await new Promise<void>((resolve) => server.listen(Number(port), hostname, resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { ...CLIENT, close };
}

/** Somebody signs in at the provider's own page. */
export async function atProvider(page: Page, who: string): Promise<void> {
  await page.locator('input[name="login"]').fill(who);
  await page.locator('input[name="password"]').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
}
