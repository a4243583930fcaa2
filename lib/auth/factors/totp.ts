import { Secret, TOTP } from 'otpauth';
import { plainCode } from '@/core/second-factor';
import type { Owner } from '@/db/queries/second-factors';
import type { Config } from '../../context';
import { seal, unseal } from '../../crypto';

const STEP_SECONDS = 30;
/** How many steps the clock of a telephone may be ahead or behind. */
const WINDOW = 1;

const totpOf = (secret: string, label = '') =>
  new TOTP({ issuer: 'Counterfoil', label, secret: Secret.fromBase32(secret), period: STEP_SECONDS });

/** 160 random bits in base 32, as authenticator apps take them. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator app reads from a QR code. */
export const totpUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The step whose code this is, around `now`; null when it is none. Source: RFC 6238. */
export function totpStep(secret: string, typed: string, now: Date): number | null {
  const token = plainCode(typed);
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret).validate({ token, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta;
}

export const totpContext = ({ merchantId, id }: Owner): string => `totp_secret:${merchantId}:${id}`;
export const sealTotp = ({ dataKey }: Config, owner: Owner, secret: string): string =>
  seal(dataKey, secret, totpContext(owner));
export const unsealTotp = ({ dataKey }: Config, owner: Owner, sealed: string): string =>
  unseal(dataKey, sealed, totpContext(owner));
