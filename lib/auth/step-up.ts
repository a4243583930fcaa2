import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { SecondFactor } from '@/core/second-factor';
import { clearSignInFailures, findUserCalled, type UserRow, verifySession } from '@/db/queries/merchants';
import { countFactors, listPasskeys } from '@/db/queries/second-factors';
import type { Services } from '../context';
import { audit } from '../events/audit';
import { canProveAtProvider } from '../single-sign-on/password';
import { type Answer, type AskingOld, askPasskey, hasPasskeys } from './factors/passkey';
import { proveCode, provePasskey } from './factors/prove';
import { actOf, type From } from './open-session';
import type { LiveSession } from './session';
import { provePassword, whoOf } from './sign-in';

/** With what the person of a session confirms that it is them: with what they have, else with their password, where there is one. */
export type ProofWays = { password: boolean; code: boolean; passkey: boolean; provider: boolean };

const SIGNED_OUT = refuse('unauthenticated', 'You are signed out. Sign in again.');

async function personOf({ db }: Services, { merchant, user }: LiveSession): Promise<UserRow | null> {
  const row = await findUserCalled(db, merchant.id, user.id);
  return row && !row.disabledAt ? row : null;
}

export async function proofWays(services: Services, session: LiveSession): Promise<ProofWays> {
  const { merchant, user } = session;
  const person = { merchantId: merchant.id, id: user.id };
  const row = await personOf(services, session);
  const has = await countFactors(services.db, person);
  const passkey = has.passkeys > 0 && hasPasskeys(services.config);
  const code = has.app || has.recoveryCodes > 0;
  const provider = await canProveAtProvider(services.db, person);
  const password = Boolean(row?.passwordHash) && !has.app && has.passkeys === 0;
  return { password, code, passkey, provider };
}

/**
 * A person who is signed in proves again that it is them: good for five minutes. Whoever has a second factor proves it by
 * that; their password alone is not enough. Tries count as those of a sign-in do.
 */
export async function stepUp(
  services: Services,
  session: LiveSession,
  tried: From & { password?: string; code?: string },
): Promise<Outcome<true>> {
  const user = await personOf(services, session);
  if (!user) return SIGNED_OUT;
  const ways = await proofWays(services, session);
  if (!ways.password) {
    if (!tried.code) return refuse('step_up_required', 'Confirm that it is you with what you sign in with.');
    const proved = await proveCode(services, user, { ...tried, code: tried.code }, 'step_up_failed');
    return proved.ok ? noteProof(services, session, user, tried, proved.value) : asStepUp(proved);
  }
  const asked = { ...tried, email: user.email, password: tried.password ?? '' };
  const proved = await provePassword(services, asked, 'step_up_failed');
  if (!proved.ok) return asStepUp(proved, 'That password is not right.');
  if (proved.value.id !== user.id) return SIGNED_OUT;
  await clearSignInFailures(services.db, ...whoOf(asked));
  return noteProof(services, session, user, tried);
}

const purposeOf = ({ id }: LiveSession): string => `step-up:${id}`;

/** What to ask an authenticator, to confirm. */
export async function askStepUp(services: Services, session: LiveSession): Promise<Outcome<AskingOld>> {
  const has = await listPasskeys(services.db, { merchantId: session.merchant.id, id: session.user.id });
  return ok(await askPasskey(services, purposeOf(session), has));
}

/** The same proof by a passkey. */
export async function stepUpWithPasskey(
  services: Services,
  session: LiveSession,
  tried: From & { answer: Answer<AuthenticationResponseJSON> },
): Promise<Outcome<true>> {
  const user = await personOf(services, session);
  if (!user) return SIGNED_OUT;
  const given = { ...tried, purpose: purposeOf(session), only: user };
  const proved = await provePasskey(services, services.db, given, 'step_up_failed');
  return proved.ok ? noteProof(services, session, user, tried, 'passkey') : asStepUp(proved);
}

const asStepUp = ({ error }: ReturnType<typeof refuse>, message = error.message) =>
  error.code === 'unauthenticated' ? refuse('step_up_required', message) : { ok: false as const, error };

const noteProof = (
  services: Services,
  session: LiveSession,
  user: UserRow,
  from: From,
  factor?: SecondFactor,
): Promise<Outcome<true>> =>
  services.db.transaction(async (tx) => {
    if (!(await verifySession(tx, session.id))) return SIGNED_OUT;
    await audit(actOf(services, user, from, 'user'), tx, 'step_up', user.id, factor ? { factor } : {});
    return ok(true);
  });
