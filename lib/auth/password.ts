import { hash, verify } from '@node-rs/argon2';
import { MAX_CHARACTERS } from './password-rules';

/** argon2id (the library's default) with the parameters OWASP names: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let dummy: Promise<string> | undefined;

/**
 * True when the password is the one. Without a stored hash it takes just as long and is false: time tells no names. Longer
 * input than any password is never hashed whole.
 */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  dummy ??= hashPassword('nobody has this password');
  const known = stored?.startsWith('$argon2') ? stored : undefined;
  const matches = await verify(known ?? (await dummy), password.slice(0, MAX_CHARACTERS));
  return matches && known !== undefined && password.length <= MAX_CHARACTERS;
}
