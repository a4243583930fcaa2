import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import {
  clearSignInFailures,
  findUserByEmail,
  insertSignInFailure,
  newestSignInFailures,
  type UserRow,
} from '@/db/queries/merchants';
import { countFactors } from '@/db/queries/second-factors';
import type { Services } from '../context';
import { audit } from '../events/audit';
import { refuseCardNumber } from '../parse';
import { mustUseProvider, USE_PROVIDER } from '../single-sign-on/password';
import { actOf, type From, openSession } from './open-session';
import { verifyPassword } from './password';
import { needsFactor, waitForFactor } from './second-step';

export const MAX_FAILURES = 10;
export const LOCK_SECONDS = 1800;

type Who = readonly [email: string, address: string];

export type SignInTry = From & { email: string; password: string };

/** A session, or the secret of a sign-in that waits for its second step. */
export type SignedIn = { session: string } | { waiting: string };

/**
 * Checks e-mail and password. Who has a second factor, or must have one, is not signed in yet: that sign-in waits for its
 * second step. The tenth failure of one account from one address within 30 minutes refuses every try of the next 30
 * (`rate_limited`), the right password too. A try is counted before the password is looked at: many at once are no way around it.
 */
export async function signIn(services: Services, tried: SignInTry): Promise<Outcome<SignedIn>> {
  const typed = refuseCardNumber({ email: tried.email });
  if (!typed.ok) return typed;
  const proved = await provePassword(services, tried, 'sign_in_failed');
  if (!proved.ok) return proved;
  const user = proved.value;
  return services.db.transaction(async (tx) => {
    await clearSignInFailures(tx, ...whoOf(tried));
    const { app, passkeys } = await countFactors(tx, user);
    if (app || passkeys > 0 || needsFactor(services.config))
      return ok({ waiting: await waitForFactor(tx, user) });
    return ok({ session: await openSession(services, tx, user, tried, null) });
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

export const whoOf = ({ email, address }: Pick<SignInTry, 'email' | 'address'>): Who => [
  email.trim().toLowerCase().slice(0, 254),
  address,
];

export async function provePassword(
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
  return (await mustUseProvider(db, user)) ? USE_PROVIDER : ok(user);
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
