import { type Outcome, ok, refuse } from '@/core/outcome';
import {
  clearSignInFailures,
  countSignInFailures,
  findUserByEmail,
  insertSession,
  insertSignInFailure,
  type UserRow,
} from '@/db/queries/merchants';
import type { Ctx, Services } from '../context';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { verifyPassword } from './password';

export const MAX_FAILURES = 10;
export const LOCK_SECONDS = 1800;

export type SignInTry = {
  email: string;
  password: string;
  address: string;
  userAgent?: string | null;
  requestId: string;
};

/**
 * Checks e-mail and password and opens a session: returns its id. Ten failures of one account from one address within
 * 30 minutes refuse every further try (`rate_limited`), the right password too. A try is counted before the password is
 * looked at, so that many at once are no way around it.
 */
export async function signIn(services: Services, tried: SignInTry): Promise<Outcome<{ session: string }>> {
  const { db } = services;
  const email = tried.email.trim().toLowerCase().slice(0, 254);
  const who = [email, tried.address] as const;
  if ((await countSignInFailures(db, ...who, LOCK_SECONDS)) >= MAX_FAILURES) return locked;
  await insertSignInFailure(db, ...who);
  if ((await countSignInFailures(db, ...who, LOCK_SECONDS)) > MAX_FAILURES) return locked;
  const user = await findUserByEmail(db, email);
  const right = await verifyPassword(user?.passwordHash, tried.password);
  if (!user || !right || user.disabledAt) {
    services.log.warn('sign_in_failed', { requestId: tried.requestId });
    if (user) await audit(actOf(services, user, tried, 'system'), db, 'sign_in_failed', user.id);
    return refuse('unauthenticated', 'That e-mail and password do not go together.');
  }
  return ok({ session: await openSession(services, user, tried) });
}

const locked = refuse(
  'rate_limited',
  'Too many tries. Sign-in is locked for 30 minutes for this account from here.',
  { retryAfterSeconds: LOCK_SECONDS },
);

async function openSession(services: Services, user: UserRow, tried: SignInTry): Promise<string> {
  const session = newId('session');
  await services.db.transaction(async (tx) => {
    await clearSignInFailures(tx, tried.email.trim().toLowerCase().slice(0, 254), tried.address);
    await insertSession(tx, {
      id: session,
      merchantId: user.merchantId,
      userId: user.id,
      address: tried.address,
      userAgent: tried.userAgent?.slice(0, 300) ?? null,
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
