import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { SecondFactor } from '@/core/second-factor';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import {
  deleteFactorFailure,
  hasSignedInFrom,
  insertFactorFailure,
  secondsSinceTry,
} from '@/db/queries/factor-tries';
import type { UserRow } from '@/db/queries/merchants';
import { findApp, notePasskeyUse, type Owner, takeStep, useRecoveryCode } from '@/db/queries/second-factors';
import type { Services } from '../../context';
import { audit } from '../../events/audit';
import { queueStaffLetter } from '../../staff-letters/queue';
import { actOf, type From } from '../open-session';
import { type Answer, verifyPasskey } from './passkey';
import { looksLikeRecoveryCode, recoveryHash } from './recovery';
import { totpStep, unsealTotp } from './totp';

export const MAX_CODES = 10;
/** Where a person has signed in from is theirs: they wait an hour. All other places together guess ten codes a day. */
const WINDOW_SECONDS = { own: 3600, elsewhere: 86_400 };
const OWN_FOR_SECONDS = 30 * 86_400;

export type FailedAt = 'sign_in_failed' | 'step_up_failed';

const WRONG_CODE = 'That code is not right, or was used before. Wait for the next one and try again.';
const WRONG_RECOVERY = 'That is no recovery code of yours, or it was used before.';
const WRONG_PASSKEY = 'That passkey is not one of yours here, or it answered too late. Try again.';

/**
 * Proves a person by a code of their authenticator app or a recovery code: each is taken once. Only who has given their
 * password gets here. Codes of six digits are counted before they are looked at; wrong ones from elsewhere leave the places
 * that are the person's own alone, and neither stops a recovery code or a passkey.
 */
export async function proveCode(
  services: Services,
  user: UserRow,
  tried: From & { code: string },
  failed: FailedAt,
): Promise<Outcome<SecondFactor>> {
  const { db } = services;
  if (looksLikeRecoveryCode(tried.code)) {
    const isSpent = await db.transaction(async (tx) => {
      if (!(await useRecoveryCode(tx, user, recoveryHash(tried.code)))) return false;
      await queueStaffLetter({ ...services, merchantId: user.merchantId }, tx, user.id, 'recovery_code_used');
      return true;
    });
    return isSpent ? ok('recovery_code') : wrong(services, user, tried, failed, WRONG_RECOVERY);
  }
  const isOwn = await hasSignedInFrom(db, user, tried.address, OWN_FOR_SECONDS);
  const [place, window] = isOwn ? [tried.address, WINDOW_SECONDS.own] : [null, WINDOW_SECONDS.elsewhere];
  const lockedFor = async (tries: number) =>
    window - ((await secondsSinceTry(db, user, place, tries - 1)) ?? window);
  const before = await lockedFor(MAX_CODES);
  if (before > 0) return locked(before);
  const counted = await insertFactorFailure(db, user, place);
  const meanwhile = await lockedFor(MAX_CODES + 1);
  if (meanwhile > 0) return locked(meanwhile);
  if (!(await takeCode(services, db, user, tried.code)))
    return wrong(services, user, tried, failed, WRONG_CODE);
  await deleteFactorFailure(db, counted);
  return ok('authenticator_app');
}

async function takeCode(services: Services, tx: Executor, owner: Owner, code: string): Promise<boolean> {
  const app = await findApp(tx, owner);
  const secret = app && unsealTotp(services.config, owner, app.secret);
  const step = secret ? totpStep(secret, code, await readNow(tx)) : null;
  return app !== undefined && step !== null && takeStep(tx, owner, app.secret, step);
}

const locked = (seconds: number) =>
  refuse(
    'rate_limited',
    'Too many wrong codes. Codes of the app are not taken from here for a while; a passkey or a recovery code is.',
    { retryAfterSeconds: Math.ceil(seconds) },
  );

async function wrong(services: Services, user: UserRow, from: From, failed: FailedAt, message: string) {
  services.log.warn(failed, { requestId: from.requestId });
  await audit(actOf(services, user, from, 'system'), services.db, failed, user.id, { at: 'second factor' });
  return refuse('unauthenticated', message);
}

/** Proves somebody by a passkey: whose it is. `only`: it must be this person's. */
export async function provePasskey(
  services: Services,
  tx: Executor,
  {
    purpose,
    only,
    ...tried
  }: From & { purpose: string; only?: UserRow; answer: Answer<AuthenticationResponseJSON> },
  failed: FailedAt,
): Promise<Outcome<UserRow>> {
  const proved = await verifyPasskey(services, tx, purpose, tried.answer);
  const { user, passkey, counter } = proved ?? {};
  const isTheirs = user && (!only || (only.id === user.id && only.merchantId === user.merchantId));
  if (isTheirs && (await notePasskeyUse(tx, user, passkey?.id ?? '', counter ?? 0))) return ok(user);
  if (only) return wrong(services, only, tried, failed, WRONG_PASSKEY);
  services.log.warn(failed, { requestId: tried.requestId });
  return refuse('unauthenticated', WRONG_PASSKEY);
}
