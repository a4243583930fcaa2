'use server';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { authParts, cookieSessionId, safeNext, sameOrigin } from '@/app/_server/staff';
import { ABSOLUTE_SECONDS, endSession, sessionCookieValue, signIn, staffCookies } from '@/lib/auth';
import { errorText } from '@/lib/log';

export type SignInState = { email: string; error: string | null };

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** Signs in and goes on to where the person was headed. The answer says no more than whether it worked. */
export async function signInAction(_before: SignInState, form: FormData): Promise<SignInState> {
  const email = text(form, 'email');
  const origin = await sameOrigin();
  if (!origin.ok) return { email, error: origin.error.message };
  const parts = authParts();
  const { services, secret } = parts;
  const from = parts.origin(await headers());
  const outcome = await signIn(services, { ...from, email, password: text(form, 'password') }).catch(
    (error: unknown) => {
      services.log.error('sign_in', { requestId: from.requestId, error: errorText(error) });
      return null;
    },
  );
  if (!outcome) return { email, error: UNAVAILABLE };
  if (!outcome.ok) return { email, error: outcome.error.message };
  const before = await cookieSessionId();
  if (before) await endSession(services, before);
  const { name, options } = staffCookies(services.config.portalUrl).sessionToken;
  const value = await sessionCookieValue(secret, outcome.value.session);
  (await cookies()).set(name, value, { ...options, maxAge: ABSOLUTE_SECONDS });
  redirect(safeNext(text(form, 'next')) ?? '/');
}

const UNAVAILABLE = 'Sign-in is not available right now. Nothing is lost; try again in a minute.';

/** Ends the session in the database and drops its cookie. */
export async function signOutAction(): Promise<void> {
  const { services } = authParts();
  const session = (await sameOrigin()).ok ? await cookieSessionId() : null;
  if (!session) redirect('/sign-in');
  await endSession(services, session);
  const { name, options } = staffCookies(services.config.portalUrl).sessionToken;
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
  redirect('/sign-in?signed-out=1');
}
