'use server';
import type { AuthenticationResponseJSON } from '@simplewebauthn/browser';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { keepSession, keepWaiting, signInAct, typed } from '@/app/_server/second-step';
import { authParts, cookieSessionId, safeNext, sameOrigin } from '@/app/_server/staff';
import { ok } from '@/core/outcome';
import { askSignIn, endSession, signIn, signInWithPasskey, staffCookies } from '@/lib/auth';

export type SignInState = { email: string; error: string | null };

const tryPassword = signInAct('sign_in', (services, from, form: FormData) =>
  signIn(services, { ...from, email: typed(form, 'email'), password: typed(form, 'password') }),
);

/** Signs in, or leads on to the second step, and then to where the person was headed. The answer says no more than that. */
export async function signInAction(_before: SignInState, form: FormData): Promise<SignInState> {
  const outcome = await tryPassword(form);
  if (!outcome.ok) return { email: typed(form, 'email'), error: outcome.error.message };
  const next = safeNext(typed(form, 'next'));
  if ('session' in outcome.value) {
    await keepSession(outcome.value.session);
    redirect(next ?? '/');
  }
  await keepWaiting(outcome.value.waiting);
  redirect(next ? `/sign-in/second-step?next=${encodeURIComponent(next)}` : '/sign-in/second-step');
}

/** What a browser asks an authenticator for a whole sign-in. */
export const askForPasskey = signInAct('sign_in', async (services) => ok(await askSignIn(services)));

/** Signs in with a passkey alone. */
export const usePasskey = signInAct(
  'sign_in',
  async (services, from, answer: { state: string; response: AuthenticationResponseJSON }) => {
    const outcome = await signInWithPasskey(services, { ...from, answer });
    if (outcome.ok) await keepSession(outcome.value.session);
    return outcome.ok ? ok(true as const) : outcome;
  },
);

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
