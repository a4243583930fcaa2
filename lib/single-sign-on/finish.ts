import * as client from 'openid-client';
import { verifySession } from '@/db/queries/merchants';
import {
  endRound,
  findSingleSignOn,
  noteTried,
  type RoundRow,
  type SingleSignOnRow,
} from '@/db/queries/single-sign-on';
import { actOf, type From, openSession } from '../auth/open-session';
import { liveSession } from '../auth/session';
import type { Services } from '../context';
import type { Reason } from '../contracts/single-sign-on';
import { sha256 } from '../crypto';
import { audit } from '../events/audit';
import { errorText } from '../log';
import { admit, judge } from './admit';
import { type Claims, roleFrom } from './claims';
import { callbackUrl, providerOf, sentenceOf } from './provider';

export const ROUND_SECONDS = 600;
/** How far the provider's clock may be behind ours. */
const SKEW_SECONDS = 30;

export type Finished =
  | { kind: 'signed_in'; session: string; next: string | null }
  | { kind: 'stepped_up' }
  | { kind: 'tried' }
  | { kind: 'refused'; reason: Reason; next: string | null };

type Came = { search: string; browser: string | null; from: From };

/**
 * Somebody comes back from a provider. The round ends here whatever comes of it: what is sent a second time, by another
 * browser or too late finds none.
 */
export async function finishRound(services: Services, { search, browser, from }: Came): Promise<Finished> {
  const state = new URLSearchParams(search).get('state') ?? '';
  const ends = { stateHash: sha256(state), browserHash: sha256(browser ?? ''), seconds: ROUND_SECONDS };
  const round = browser ? await endRound(services.db, ends) : undefined;
  const row = round && (await findSingleSignOn(services.db, round.merchantId));
  if (!round || !row || row.version !== round.version) return refused('round_over', null);
  const told = await readClaims(services, row, round, search, state);
  if (round.purpose === 'try') return finishTry(services, row, round, told);
  if (!told.ok) return refused(told.reason, round.next);
  if (!row.enabled) return refused('not_set_up', round.next);
  return round.purpose === 'step_up'
    ? finishStepUp(services, row, round, told.claims, from)
    : finishSignIn(services, row, round, told.claims, from);
}

const refused = (reason: Reason, next: string | null): Finished => ({ kind: 'refused', reason, next });

type Told = { ok: true; claims: Claims } | { ok: false; reason: Reason; detail: string };

/** Exchanges the code and verifies the ID token; what the provider tells at its other address completes it. */
async function readClaims(
  services: Services,
  row: SingleSignOnRow,
  round: RoundRow,
  search: string,
  state: string,
): Promise<Told> {
  try {
    const provider = await providerOf(services, row);
    const url = new URL(`${callbackUrl(services.config)}?${new URLSearchParams(search)}`);
    const tokens = await client.authorizationCodeGrant(provider, url, {
      expectedState: state,
      expectedNonce: round.nonce,
      pkceCodeVerifier: round.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims || claims.iss !== row.issuer)
      return { ok: false, reason: 'answer_wrong', detail: `it names another issuer: ${claims?.iss}` };
    const more = provider.serverMetadata().userinfo_endpoint
      ? await client.fetchUserInfo(provider, tokens.access_token, claims.sub)
      : {};
    return { ok: true, claims: { ...more, ...claims } };
  } catch (error) {
    const { merchantId } = row;
    services.log.warn('single_sign_on', { merchantId, code: codeOf(error), error: errorText(error) });
    return { ok: false, reason: reasonOf(error), detail: sentenceOf(error) };
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

function reasonOf(error: unknown): Reason {
  if (error instanceof client.AuthorizationResponseError) return 'provider_refused';
  // Where the answer did not come there is no answer to be wrong.
  return /^OAUTH_(JWT|INVALID|UNSUPPORTED|JSON|KEY|PARSE)/.test(codeOf(error))
    ? 'answer_wrong'
    : 'provider_away';
}

async function finishTry(
  { db }: Services,
  row: SingleSignOnRow,
  round: RoundRow,
  told: Told,
): Promise<Finished> {
  if (!told.ok) {
    const { reason, detail } = told;
    await noteTried(db, round, { reason, detail, role: null, isNew: false, claims: {} });
  } else {
    const { claims } = told;
    const verdict = await judge(db, row, claims);
    const isNew = verdict.reason === null && verdict.user === null;
    const role = roleFrom(row, claims);
    await noteTried(db, round, { reason: verdict.reason, detail: null, role, isNew, claims });
  }
  return { kind: 'tried' };
}

async function finishStepUp(
  services: Services,
  row: SingleSignOnRow,
  round: RoundRow,
  claims: Claims,
  from: From,
): Promise<Finished> {
  const began = round.startedAt.getTime() / 1000;
  if (typeof claims.auth_time !== 'number' || claims.auth_time < began - SKEW_SECONDS)
    return refused('not_fresh', null);
  const session = await liveSession(services, round.sessionId, true);
  if (!session) return refused('round_over', null);
  return services.db.transaction(async (tx): Promise<Finished> => {
    const verdict = await judge(tx, row, claims);
    if (verdict.reason) return refused(verdict.reason, null);
    const { user, isLinked } = verdict;
    if (!user || !isLinked || user.id !== session.user.id) return refused('other_person', null);
    await verifySession(tx, session.id);
    await audit(actOf(services, user, from, 'user'), tx, 'step_up', user.id, { factor: 'single_sign_on' });
    return { kind: 'stepped_up' };
  });
}

const finishSignIn = (
  services: Services,
  row: SingleSignOnRow,
  round: RoundRow,
  claims: Claims,
  from: From,
): Promise<Finished> =>
  services.db.transaction(async (tx): Promise<Finished> => {
    const verdict = await judge(tx, row, claims);
    if (verdict.reason) {
      const { merchantId } = row;
      const ctx = { ...services, merchantId, actor: { kind: 'system' }, ...from } as const;
      await audit(ctx, tx, 'single_sign_on.refuse', String(merchantId), { reason: verdict.reason });
      return refused(verdict.reason, round.next);
    }
    const user = await admit(services, tx, row, verdict, claims, from);
    const session = await openSession(services, tx, user, from, 'single_sign_on');
    return { kind: 'signed_in', session, next: round.next };
  });
