import { randomBytes } from 'node:crypto';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { SecondFactor } from '@/core/second-factor';
import type { Executor } from '@/db/client';
import {
  endPendingSignIn,
  findPendingSignIn,
  insertPendingSignIn,
  provePendingSignIn,
} from '@/db/queries/factor-tries';
import type { UserRow } from '@/db/queries/merchants';
import { countFactors, listPasskeys, type Owner } from '@/db/queries/second-factors';
import type { Config, Ctx, Services } from '../context';
import { sha256 } from '../crypto';
import { mustUseProvider, USE_PROVIDER } from '../single-sign-on/password';
import { transact } from '../transact';
import { type Answer, type AskingOld, askPasskey, hasPasskeys } from './factors/passkey';
import { proveCode, provePasskey } from './factors/prove';
import { actOf, type From, openSession } from './open-session';

/** How long somebody may take between password and second factor. */
export const PENDING_SECONDS = 600;

/** In production everybody has a second factor; with the sandbox it is offered. */
export const needsFactor = ({ mode }: Pick<Config, 'mode'>): boolean => mode === 'production';

/** A sign-in that waits for its second step: the secret of it is the browser's, in a cookie. */
export async function waitForFactor(tx: Executor, owner: Owner): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await insertPendingSignIn(tx, owner, sha256(secret));
  return secret;
}

/** `codes`: the second step can be a code of an app or a recovery code. Without any, and no passkey, one is set up first. */
export type SecondStep = {
  step: 'factor' | 'set_up' | 'proved';
  email: string;
  app: boolean;
  passkey: boolean;
  recoveryCodes: boolean;
};

const GONE = refuse('unauthenticated', 'That took too long. Sign in with your password again.');

async function read(services: Services, secret: string | null) {
  const hash = sha256(secret ?? '');
  const found = await findPendingSignIn(services.db, hash, PENDING_SECONDS);
  return found && { ...found, hash };
}

/** What a sign-in that waits is waiting for; null when there is none, or it took too long. */
export async function secondStep(services: Services, secret: string | null): Promise<SecondStep | null> {
  const pending = await read(services, secret);
  if (!pending) return null;
  const { app, passkeys, recoveryCodes } = await countFactors(services.db, pending.user);
  return {
    step: pending.factor ? 'proved' : app || passkeys > 0 ? 'factor' : 'set_up',
    email: pending.user.email,
    app,
    passkey: passkeys > 0 && hasPasskeys(services.config),
    recoveryCodes: recoveryCodes > 0,
  };
}

type Tried = From & { secret: string | null };

/** The second step by a code of the app or a recovery code: opens the session. */
export async function enterCode(
  services: Services,
  tried: Tried & { code: string },
): Promise<Outcome<{ session: string }>> {
  const pending = await read(services, tried.secret);
  if (!pending) return GONE;
  const proved = await proveCode(services, pending.user, tried, 'sign_in_failed');
  return proved.ok ? complete(services, pending, tried, proved.value) : proved;
}

const passkeyPurpose = (hash: string): string => `second-step:${hash}`;

/** What to ask an authenticator for the second step. */
export async function askSecondStep(services: Services, secret: string | null): Promise<Outcome<AskingOld>> {
  const pending = await read(services, secret);
  if (!pending) return GONE;
  const has = await listPasskeys(services.db, pending.user);
  return ok(await askPasskey(services, passkeyPurpose(pending.hash), has));
}

/** The second step by a passkey. */
export async function enterPasskey(
  services: Services,
  tried: Tried & { answer: Answer<AuthenticationResponseJSON> },
): Promise<Outcome<{ session: string }>> {
  const pending = await read(services, tried.secret);
  if (!pending) return GONE;
  const given = { ...tried, purpose: passkeyPurpose(pending.hash), only: pending.user };
  const proved = await provePasskey(services, services.db, given, 'sign_in_failed');
  return proved.ok ? complete(services, pending, tried, 'passkey') : proved;
}

const WHOLE_PURPOSE = 'sign-in';

/** What to ask an authenticator for a whole sign-in: it says itself who it is. */
export const askSignIn = (services: Services): Promise<AskingOld> => askPasskey(services, WHOLE_PURPOSE);

/** A whole sign-in by a passkey, which has made sure of its person itself. What others do wrong locks it never. */
export async function signInWithPasskey(
  services: Services,
  tried: From & { answer: Answer<AuthenticationResponseJSON> },
): Promise<Outcome<{ session: string }>> {
  const given = { ...tried, purpose: WHOLE_PURPOSE };
  const proved = await provePasskey(services, services.db, given, 'sign_in_failed');
  if (!proved.ok) return proved;
  if (await mustUseProvider(services.db, proved.value)) return USE_PROVIDER;
  return services.db.transaction(async (tx) =>
    ok({ session: await openSession(services, tx, proved.value, tried, 'passkey') }),
  );
}

/** Who sets up their first second factor before they are signed in, and may do nothing else: their password is proved. */
export async function settingUp(
  services: Services,
  { secret, ...from }: Tried,
): Promise<Outcome<{ ctx: Ctx; prove: (tx: Executor, factor: SecondFactor) => Promise<boolean> }>> {
  const pending = await read(services, secret);
  if (!pending || pending.factor) return GONE;
  const { user, hash } = pending;
  const { id, name, role } = user;
  const ctx = {
    ...actOf(services, user, from, 'user'),
    actor: { kind: 'user', id, name, role, verified: true },
  } as const;
  return ok({ ctx, prove: (tx, factor) => provePendingSignIn(tx, hash, factor) });
}

/** Opens the session of a sign-in whose second factor has just been set up. */
export async function finishSetUp(services: Services, tried: Tried): Promise<Outcome<{ session: string }>> {
  const pending = await read(services, tried.secret);
  return pending?.factor ? complete(services, pending, tried, pending.factor) : GONE;
}

type Pending = { hash: string; user: UserRow };

/** Spends the sign-in that waited and opens its session: once. */
const complete = (services: Services, { hash, user }: Pending, from: From, factor: SecondFactor) =>
  transact<{ session: string }>(services, async (tx) => {
    if (!(await endPendingSignIn(tx, hash))) return GONE;
    return ok({ session: await openSession(services, tx, user, from, factor) });
  });
