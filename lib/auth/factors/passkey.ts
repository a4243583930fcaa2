import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import { spendChallenge } from '@/db/queries/factor-tries';
import type { UserRow } from '@/db/queries/merchants';
import { findPasskey, type PasskeyRow } from '@/db/queries/second-factors';
import type { Config, Services } from '../../context';
import { seal, sha256, unseal } from '../../crypto';
import { errorText } from '../../log';

/** What a browser asks an authenticator, and the sealed challenge that comes back with the answer. */
export type Asking<T> = { options: T; state: string };
export type AskingNew = Asking<PublicKeyCredentialCreationOptionsJSON>;
export type AskingOld = Asking<PublicKeyCredentialRequestOptionsJSON>;

const LIFE_MS = 300_000;
const isOurs = { userVerification: 'required' } as const;

/** Passkeys belong to the portal's host as it is configured, never as a request names it. */
const rpOf = ({ portalUrl }: Config) => ({
  rpID: new URL(portalUrl).hostname,
  origin: new URL(portalUrl).origin,
});

/** Browsers have no passkeys for addresses of numbers. */
export const hasPasskeys = (config: Config): boolean => isIP(rpOf(config).rpID.replace(/[[\]]/g, '')) === 0;

/** Challenges wait in the browser, sealed: what is asked of strangers writes nothing. `purpose` says for whom and what. */
async function newChallenge({ config, db }: Services, purpose: string) {
  const challenge = randomBytes(32);
  const at = (await readNow(db)).getTime();
  const state = seal(config.dataKey, `${at}.${challenge.toString('base64url')}`, `passkey:${purpose}`);
  return { challenge: new Uint8Array(challenge), state };
}

/** The challenge of a state that we made for this purpose within five minutes. */
async function readChallenge(
  { config }: Services,
  tx: Executor,
  purpose: string,
  state: string,
): Promise<string | null> {
  try {
    const [at, challenge] = unseal(config.dataKey, state, `passkey:${purpose}`).split('.');
    return Number(at) + LIFE_MS > (await readNow(tx)).getTime() ? (challenge ?? null) : null;
  } catch {
    return null;
  }
}

export async function askNewPasskey(
  services: Services,
  purpose: string,
  { id, email, name }: Pick<UserRow, 'id' | 'email' | 'name'>,
  has: readonly PasskeyRow[],
): Promise<AskingNew> {
  const { challenge, state } = await newChallenge(services, purpose);
  const options = await generateRegistrationOptions({
    rpName: 'Counterfoil',
    rpID: rpOf(services.config).rpID,
    userID: new TextEncoder().encode(id),
    userName: email,
    userDisplayName: name,
    challenge,
    attestationType: 'none',
    excludeCredentials: has.map(({ id: one }) => ({ id: one })),
    authenticatorSelection: { residentKey: 'required', ...isOurs },
  });
  return { options, state };
}

/** `has`: the passkeys that will do; none named, any of this portal's. */
export async function askPasskey(
  services: Services,
  purpose: string,
  has: readonly PasskeyRow[] = [],
): Promise<AskingOld> {
  const { challenge, state } = await newChallenge(services, purpose);
  const options = await generateAuthenticationOptions({
    rpID: rpOf(services.config).rpID,
    challenge,
    allowCredentials: has.map(({ id }) => ({ id })),
    ...isOurs,
  });
  return { options, state };
}

/** What came back: the state, and what the authenticator said. Of strangers: nothing about it is believed. */
export type Answer<T> = { state: string; response: T };

/** The new passkey, or null when the answer is not one to this question. */
export async function verifyNewPasskey(
  services: Services,
  tx: Executor,
  purpose: string,
  { state, response }: Answer<RegistrationResponseJSON>,
) {
  const expectedChallenge = await readChallenge(services, tx, purpose, String(state));
  if (!expectedChallenge) return null;
  const { rpID, origin } = rpOf(services.config);
  const told = {
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  };
  const verified = await verifyRegistrationResponse({ response, ...told }).catch(noted(services));
  if (!verified?.verified || !(await spendChallenge(tx, sha256(expectedChallenge)))) return null;
  return verified.registrationInfo.credential;
}

/** Whose passkey has answered, and how far it has counted; null when it is none, or not an answer to this question. */
export async function verifyPasskey(
  services: Services,
  tx: Executor,
  purpose: string,
  { state, response }: Answer<AuthenticationResponseJSON>,
): Promise<{ user: UserRow; passkey: PasskeyRow; counter: number } | null> {
  const expectedChallenge = await readChallenge(services, tx, purpose, String(state));
  const found = expectedChallenge && (await findPasskey(tx, String(response?.id)));
  if (!expectedChallenge || !found) return null;
  const { passkey, user } = found;
  const { rpID, origin } = rpOf(services.config);
  const verified = await verifyAuthenticationResponse({
    response,
    ...{ expectedChallenge, expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true },
    credential: { id: passkey.id, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
  }).catch(noted(services));
  if (!verified?.verified || !(await spendChallenge(tx, sha256(expectedChallenge)))) return null;
  return { user, passkey, counter: verified.authenticationInfo.newCounter };
}

const noted =
  ({ log }: Services) =>
  (error: unknown): null => {
    log.warn('passkey_refused', { error: errorText(error) });
    return null;
  };
