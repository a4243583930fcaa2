import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import {
  clearSignInFailures,
  findUserByEmail,
  insertSession,
  insertSignInFailure,
  newestSignInFailures,
  type UserRow,
  verifySession,
} from '@/db/queries/merchants';
import type { Ctx, Services } from '../context';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { scrub } from '../log';
import { refuseCardNumber } from '../parse';
import { verifyPassword } from './password';
import type { LiveSession } from './session';

export const MAX_FAILURES = 10;
export const LOCK_SECONDS = 1800;

type Who = readonly [email: string, address: string];

export type SignInTry = {
  email: string;
  password: string;
  address: string;
  userAgent?: string | null;
  requestId: string;
};

/**
 * Checks e-mail and password and opens a session: returns its id. The tenth failure of one account from one address within
 * 30 minutes refuses every try of the next 30 (`rate_limited`), the right password too. A try is counted before the
 * password is looked at, so that many at once are no way around it.
 */
export async function signIn(services: Services, tried: SignInTry): Promise<Outcome<{ session: string }>> {
  const typed = refuseCardNumber({ email: tried.email });
  if (!typed.ok) return typed;
  const proved = await provePassword(services, tried, 'sign_in_failed');
  if (!proved.ok) return proved;
  return ok({ session: await openSession(services, proved.value, tried) });
}

/** A person who is signed in proves again that it is them: good for five minutes. Tries count as those of a sign-in do. */
export async function stepUp(
  services: Services,
  session: LiveSession,
  tried: Omit<SignInTry, 'email'>,
): Promise<Outcome<true>> {
  const asked = { ...tried, email: session.user.email };
  const proved = await provePassword(services, asked, 'step_up_failed');
  if (!proved.ok)
    return proved.error.code === 'unauthenticated'
      ? refuse('step_up_required', 'That password is not right.')
      : proved;
  return services.db.transaction(async (tx) => {
    if (proved.value.id !== session.user.id || !(await verifySession(tx, session.id)))
      return refuse('unauthenticated', 'You are signed out. Sign in again.');
    await clearSignInFailures(tx, ...whoOf(asked));
    await audit(actOf(services, proved.value, asked, 'user'), tx, 'step_up', proved.value.id);
    return ok(true);
  });
}

/** Somebody who changes their password knows the old one. Tries count as those of a sign-in do. */
export async function proveOldPassword(
  services: Services,
  email: string,
  tried: Omit<SignInTry, 'email'>,
): Promise<Outcome<true>> {
  const asked = { ...tried, email };
  const proved = await provePassword(services, asked, 'change_password_failed');
  if (!proved.ok) return proved;
  await clearSignInFailures(services.db, ...whoOf(asked));
  return ok(true);
}

const whoOf = ({ email, address }: Pick<SignInTry, 'email' | 'address'>): Who => [
  email.trim().toLowerCase().slice(0, 254),
  address,
];

async function provePassword(
  services: Services,
  tried: SignInTry,
  failure: 'sign_in_failed' | 'step_up_failed' | 'change_password_failed',
): Promise<Outcome<UserRow>> {
  const { db } = services;
  const who = whoOf(tried);
  const lockedFor = await secondsLocked(db, who, MAX_FAILURES);
  if (lockedFor > 0) return locked(lockedFor);
  await insertSignInFailure(db, ...who);
  if ((await secondsLocked(db, who, MAX_FAILURES + 1)) > 0) return locked(LOCK_SECONDS);
  const user = await findUserByEmail(db, who[0]);
  const right = await verifyPassword(user?.passwordHash, tried.password);
  if (!user || !right || user.disabledAt) {
    services.log.warn(failure, { requestId: tried.requestId });
    if (user) await audit(actOf(services, user, tried, 'system'), db, failure, user.id);
    return refuse('unauthenticated', 'That e-mail and password do not go together.');
  }
  return ok(user);
}

const locked = (seconds: number) =>
  refuse('rate_limited', 'Too many tries. Sign-in is locked for 30 minutes for this account from here.', {
    retryAfterSeconds: Math.ceil(seconds),
  });

/** How long the newest `failures` still lock, when they came close together: 30 minutes from the last of them. */
async function secondsLocked(db: Executor, who: Who, failures: number): Promise<number> {
  const { count, spanSeconds, secondsSinceLast } = await newestSignInFailures(db, ...who, failures);
  if (count < failures || spanSeconds === null || secondsSinceLast === null) return 0;
  return spanSeconds < LOCK_SECONDS ? LOCK_SECONDS - secondsSinceLast : 0;
}

async function openSession(services: Services, user: UserRow, tried: SignInTry): Promise<string> {
  const session = newId('session');
  await services.db.transaction(async (tx) => {
    await clearSignInFailures(tx, ...whoOf(tried));
    await insertSession(tx, {
      id: session,
      merchantId: user.merchantId,
      userId: user.id,
      address: tried.address,
      userAgent: tried.userAgent ? scrub(tried.userAgent).slice(0, 300) : null,
    });
    await audit(actOf(services, user, tried, 'user'), tx, 'sign_in', user.id);
  });
  return session;
}

const actOf = (services: Services, user: UserRow, tried: SignInTry, kind: 'user' | 'system'): Ctx => ({
  ...services,
  merchantId: user.merchantId,
  actor: kind === 'system' ? { kind } : { kind, id: user.id, name: user.name, role: user.role },
  requestId: tried.requestId,
  address: tried.address,
});
