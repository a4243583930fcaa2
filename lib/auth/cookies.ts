import type { CookiesOptions } from 'next-auth';
import { decode, encode, type JWT } from 'next-auth/jwt';
import { sha256 } from '../crypto';
import { Recent } from '../recent';
import { ABSOLUTE_SECONDS } from './session';

type StaffCookie = {
  name: string;
  options: { httpOnly: true; sameSite: 'strict'; path: '/'; secure: boolean };
};

export const isSecure = (portalUrl: string): boolean => portalUrl.startsWith('https:');

const staffCookie = (portalUrl: string, name: string): StaffCookie => {
  const secure = isSecure(portalUrl);
  return {
    name: `${secure ? '__Host-' : ''}counterfoil.${name}`,
    options: { httpOnly: true, sameSite: 'strict', path: '/', secure },
  };
};

/** Carries the secret of a sign-in that waits for its second step. It is no session. */
export const waitingCookie = (portalUrl: string): StaffCookie => staffCookie(portalUrl, 'second-step');

/** The staff cookies. On https they carry the `__Host-` prefix, which a browser takes only with Secure and Path=/. */
export function staffCookies(portalUrl: string): Record<keyof CookiesOptions, StaffCookie> {
  const cookie = (name: string) => staffCookie(portalUrl, name);
  return {
    sessionToken: cookie('session'),
    callbackUrl: cookie('callback-url'),
    csrfToken: cookie('csrf'),
    pkceCodeVerifier: cookie('pkce'),
    state: cookie('state'),
    nonce: cookie('nonce'),
  };
}

/** Binds a way to a sign-in provider to the browser that began it. Lax: the provider's page sends the browser back. */
export const roundCookie = (portalUrl: string) => {
  const { name, options } = staffCookies(portalUrl).state;
  return { name: name.replace(/state$/, 'round'), options: { ...options, sameSite: 'lax' as const } };
};

/** The secret that seals cookies, then one before it that still opens them: NEXTAUTH_SECRET, with a comma. */
export const cookieSecrets = (text: string): [string, ...string[]] => {
  const [first = '', ...older] = text.split(',').map((one) => one.trim());
  return [first, ...older];
};

/** The cookie's value for a session: an encrypted JWT that holds nothing but the session's id and its own dates. */
export const sessionCookieValue = (secret: string, sid: string): Promise<string> =>
  encode({ token: { sid }, secret: cookieSecrets(secret)[0], maxAge: ABSOLUTE_SECONDS });

/** What a cookie's value holds, or null when we did not make it or it is past its time. */
export async function openCookie(secret: string, value: string | undefined): Promise<JWT | null> {
  if (!value) return null;
  for (const one of cookieSecrets(secret)) {
    const token = await decode({ token: value, secret: one }).catch(() => null);
    if (token) return token;
  }
  return null;
}

const MOST_KEPT = 1_000;
const kept = new Recent<Promise<string | null>>(MOST_KEPT);

/** The session id in a cookie's value. One that was opened is not opened again: whether its session lives, its row says. */
export async function sessionIdFrom(secret: string, value: string | undefined): Promise<string | null> {
  // What is kept must be of no use to whoever reads it.
  const key = sha256(`${secret} ${value}`);
  const id = await kept.get(key, async () => {
    const token = await openCookie(secret, value);
    return typeof token?.sid === 'string' ? token.sid : null;
  });
  if (id === null) kept.forget(key);
  return id;
}
