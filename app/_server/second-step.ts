import 'server-only';
import { cookies, headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { type Outcome, refuse } from '@/core/outcome';
import {
  ABSOLUTE_SECONDS,
  endSession,
  PENDING_SECONDS,
  sessionCookieValue,
  staffCookies,
  waitingCookie,
} from '@/lib/auth';
import type { Services } from '@/lib/context';
import { errorText } from '@/lib/log';
import { services } from './services';
import { authParts, cookieSessionId, sameOrigin } from './staff';

export const UNAVAILABLE = 'Sign-in is not available right now. Nothing is lost; try again in a minute.';

/** The secret of this browser's sign-in that waits for its second step. */
export const waitingSecret = async (): Promise<string | null> =>
  (await cookies()).get(waitingCookie(services().config.portalUrl).name)?.value ?? null;

/** The sign-in of this browser waits for its second step. */
export async function keepWaiting(secret: string): Promise<void> {
  const { name, options } = waitingCookie(services().config.portalUrl);
  (await cookies()).set(name, secret, { ...options, maxAge: PENDING_SECONDS });
}

/** This browser is signed in: with this session, and no longer with one before. */
export async function keepSession(session: string): Promise<void> {
  const { services: parts, secret } = authParts();
  const before = await cookieSessionId();
  if (before) await endSession(parts, before);
  const jar = await cookies();
  const { sessionToken } = staffCookies(parts.config.portalUrl);
  const value = await sessionCookieValue(secret, session);
  jar.set(sessionToken.name, value, { ...sessionToken.options, maxAge: ABSOLUTE_SECONDS });
  const { name, options } = waitingCookie(parts.config.portalUrl);
  jar.set(name, '', { ...options, maxAge: 0 });
}

export type Tried = { secret: string | null; address: string; userAgent?: string | null; requestId: string };

/** A server action of somebody who is not signed in yet: from our own pages alone, and no cause of a failure is told. */
export const signInAct =
  <A extends unknown[], T>(
    name: string,
    work: (services: Services, tried: Tried, ...input: A) => Promise<Outcome<T>>,
  ) =>
  async (...input: A): Promise<Outcome<T>> => {
    const { services: parts, origin } = authParts();
    const from = origin(await headers());
    try {
      const sent = await sameOrigin();
      if (!sent.ok) return sent;
      return await work(parts, { ...from, secret: await waitingSecret() }, ...input);
    } catch (error) {
      unstable_rethrow(error);
      parts.log.error(name, { requestId: from.requestId, error: errorText(error) });
      return refuse('unavailable', UNAVAILABLE);
    }
  };

/** What was typed into a field of a form; nothing where there is no such field. */
export function typed(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
