import type { Role } from '@/core/permissions';

/** The letters that members of staff get. */
export const STAFF_LETTERS = [
  'invitation',
  'reset',
  'password_changed',
  'factor_added',
  'factor_removed',
  'recovery_codes_made',
  'recovery_code_used',
  'factors_reset',
] as const;
export type StaffLetter = (typeof STAFF_LETTERS)[number];

/** Who is written to, on behalf of which merchant; `url` is what the letter is for. */
export type StaffNews = { merchant: string; name: string; email: string; role: Role; url: string };
