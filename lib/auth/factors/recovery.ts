import { randomInt } from 'node:crypto';
import { plainCode, RECOVERY_ALPHABET } from '@/core/second-factor';
import type { Executor } from '@/db/client';
import { dropRecoveryCodes, insertRecoveryCodes, type Owner } from '@/db/queries/second-factors';
import { sha256 } from '../../crypto';

export const RECOVERY_CODES = 10;
const CHARACTERS = 16;

/** 80 random bits each: nobody guesses one, so a plain hash keeps it, and tries need no limit. */
const newCode = (): string =>
  Array.from({ length: CHARACTERS }, () => RECOVERY_ALPHABET[randomInt(RECOVERY_ALPHABET.length)]).join('');

export const looksLikeRecoveryCode = (typed: string): boolean => plainCode(typed).length === CHARACTERS;

export const recoveryHash = (typed: string): string => sha256(plainCode(typed));

/** Ten new codes in the place of those before, in groups of four: told this once. */
export async function makeRecoveryCodes(tx: Executor, owner: Owner): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  await dropRecoveryCodes(tx, owner);
  await insertRecoveryCodes(tx, owner, codes.map(recoveryHash));
  return codes.map((code) => code.replace(/.{4}(?=.)/g, '$&-'));
}
