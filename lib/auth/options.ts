import type { AuthOptions } from 'next-auth';
import credentials from 'next-auth/providers/credentials';
import type { Services } from '../context';
import { errorText } from '../log';
import { cookieSecrets, isSecure, openCookie, staffCookies } from './cookies';
import { ABSOLUTE_SECONDS, endSession } from './session';
import { type SignInTry, signIn } from './sign-in';

export type AuthParts = {
  services: Services;
  secret: string;
  /** Where a request came from, and the id of its log lines. */
  origin: (headers: Headers) => Pick<SignInTry, 'address' | 'userAgent' | 'requestId'>;
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** next-auth as this product uses it: e-mail and password, and a JWT that carries only the id of our session row. */
export const authOptions = ({ services, secret, origin }: AuthParts): AuthOptions => ({
  secret: cookieSecrets(secret)[0],
  jwt: { decode: ({ token }) => openCookie(secret, token) },
  session: { strategy: 'jwt', maxAge: ABSOLUTE_SECONDS },
  useSecureCookies: isSecure(services.config.portalUrl),
  cookies: staffCookies(services.config.portalUrl),
  pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
  providers: [
    credentials({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      authorize: (given, request) => authorize({ services, secret, origin }, given, request.headers),
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => ({ sid: user?.id ?? token.sid }),
    session: ({ session }) => ({ expires: session.expires }),
    redirect: ({ url, baseUrl }) => (url.startsWith(`${baseUrl}/`) ? url : baseUrl),
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token?.sid === 'string') await endSession(services, token.sid);
    },
  },
  logger: {
    error: (code, data) => services.log.error('auth', { code, error: errorText(causeOf(data)) }),
    warn: (code) => services.log.warn('auth', { code }),
    debug: () => {},
  },
});

const causeOf = (data: Error | { error?: unknown }): unknown => (data instanceof Error ? data : data.error);

/** next-auth takes a thrown error's message as the code it sends the browser back with: ours are closed words. */
async function authorize(
  { services, origin }: AuthParts,
  given: Record<string, unknown> | undefined,
  headers: unknown,
): Promise<{ id: string }> {
  const from = origin(new Headers(headers as Record<string, string>));
  const tried = { ...from, email: text(given?.email), password: text(given?.password) };
  const outcome = await signIn(services, tried).catch((error: unknown) => {
    services.log.error('sign_in', { requestId: from.requestId, error: errorText(error) });
    throw new Error('unavailable');
  });
  if (!outcome.ok) throw new Error(outcome.error.code);
  // Without a second step on this way in, there is no way in for whom it waits.
  if ('waiting' in outcome.value) throw new Error('second_step');
  return { id: outcome.value.session };
}
