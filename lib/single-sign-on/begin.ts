import { randomBytes } from 'node:crypto';
import * as client from 'openid-client';
import { type Outcome, ok, refuse } from '@/core/outcome';
import {
  findSingleSignOn,
  findSingleSignOnOf,
  insertRound,
  type RoundRow,
  type SingleSignOnRow,
} from '@/db/queries/single-sign-on';
import type { LiveSession } from '../auth/session';
import { authorizeVerified } from '../authorize';
import type { Ctx, Services } from '../context';
import { REASONS, type Reason } from '../contracts/single-sign-on';
import { sha256 } from '../crypto';
import { errorText } from '../log';
import { executor } from '../transact';
import { canProveAtProvider, domainOf } from './password';
import { callbackUrl, providerOf, scopeOf } from './provider';

/** Where to send a browser, and the secret that its cookie holds meanwhile. */
export type Begun = { url: string; browser: string };
export type Beginning = { ok: true; value: Begun } | { ok: false; reason: Reason };

type Round = Pick<RoundRow, 'purpose'> & {
  browser?: string | null;
  next?: string | null;
  sessionId?: string;
};

/** One way to the provider and back. `browser`: the secret that its cookie holds already, of another tab. */
async function begin(services: Services, row: SingleSignOnRow, round: Round): Promise<Beginning> {
  try {
    const provider = await providerOf(services, row);
    const state = randomBytes(32).toString('base64url');
    const nonce = randomBytes(32).toString('base64url');
    const verifier = client.randomPKCECodeVerifier();
    const browser = isSecret(round.browser) ? round.browser : randomBytes(32).toString('base64url');
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: callbackUrl(services.config),
      scope: scopeOf(provider),
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(round.purpose === 'step_up' && { prompt: 'login', max_age: '0' }),
    });
    await insertRound(services.db, {
      merchantId: row.merchantId,
      stateHash: sha256(state),
      browserHash: sha256(browser),
      purpose: round.purpose,
      version: row.version,
      nonce,
      verifier,
      next: round.next ?? null,
      sessionId: round.sessionId ?? null,
    });
    return { ok: true, value: { url: url.href, browser } };
  } catch (error) {
    services.log.warn('single_sign_on', { merchantId: row.merchantId, error: errorText(error) });
    return { ok: false, reason: 'provider_away' };
  }
}

const isSecret = (text: string | null | undefined): text is string => /^[\w-]{43}$/.test(text ?? '');

/** Whether people with addresses of this domain are led to a provider. It says nothing of any account. */
export const isServed = async ({ db }: Services, email: string): Promise<boolean> =>
  (await findSingleSignOnOf(db, domainOf(email))) !== undefined;

export async function beginSignIn(
  services: Services,
  asked: { domain: string; next: string | null; browser: string | null },
): Promise<Beginning> {
  const row = await findSingleSignOnOf(services.db, domainOf(asked.domain));
  return row ? begin(services, row, { purpose: 'sign_in', ...asked }) : { ok: false, reason: 'not_set_up' };
}

/** Who is signed in proves anew at the provider that it is them: it has to ask, whoever it remembers. */
export async function beginStepUp(
  services: Services,
  session: LiveSession,
  browser: string | null,
): Promise<Beginning> {
  const { id: merchantId } = session.merchant;
  const row = await findSingleSignOn(services.db, merchantId);
  if (!row || !(await canProveAtProvider(services.db, { merchantId, id: session.user.id })))
    return { ok: false, reason: 'not_set_up' };
  return begin(services, row, { purpose: 'step_up', browser, sessionId: session.id });
}

/** A round that signs nobody in and shows what the provider says. The settings need not be switched on. */
export async function beginTry(ctx: Ctx, sessionId: string, browser: string | null): Promise<Outcome<Begun>> {
  const allowed = authorizeVerified(ctx, 'single_sign_on:write');
  if (!allowed.ok) return allowed;
  const row = await findSingleSignOn(executor(ctx), ctx.merchantId);
  if (!row) return refuse('not_found', 'Save the settings first.');
  const begun = await begin(ctx, row, { purpose: 'try', browser, sessionId });
  return begun.ok ? ok(begun.value) : refuse('unavailable', REASONS[begun.reason]);
}
