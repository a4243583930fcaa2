/** What proves a person besides their password. */
export const SECOND_FACTORS = ['authenticator_app', 'passkey', 'recovery_code'] as const;
export type SecondFactor = (typeof SECOND_FACTORS)[number];

/** What a session can be opened with that a password alone is not: single sign-on has seen to the second factor itself. */
export const SIGN_IN_FACTORS = [...SECOND_FACTORS, 'single_sign_on'] as const;
export type SignInFactor = (typeof SIGN_IN_FACTORS)[number];

/** What a recovery code is written with: nothing that looks like something else. */
export const RECOVERY_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A code as it is kept: what people put between its characters, and what they take one for, makes no difference. */
export const plainCode = (typed: string): string =>
  typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
