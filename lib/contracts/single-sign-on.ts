import * as z from 'zod';
import { ROLES, type Role } from '@/core/permissions';
import { plain } from './text';

export const MOST_DOMAINS = 20;
export const MOST_ROLE_VALUES = 50;

/** Where the provider sends people back to, below the portal's address. */
export const CALLBACK_PATH = '/api/auth/sso/callback';

/** Why nobody was signed in, in words for the person. */
export const REASONS = {
  not_set_up: 'Single sign-on is not set up for this e-mail address. Sign in with your password.',
  round_over: 'This sign-in is over, or was begun in another browser. Begin again.',
  provider_refused: 'Your sign-in provider did not sign you in. Try again, or ask whoever runs it.',
  provider_away: 'Your sign-in provider does not answer as it should. Try again in a minute.',
  answer_wrong: 'What your sign-in provider answered could not be verified. Nobody was signed in.',
  no_role: 'None of your groups may use Counterfoil. Ask whoever runs your sign-in provider.',
  no_email:
    'Your sign-in provider does not say that your e-mail address is verified and of your organisation.',
  no_account: 'There is no account for you here. Ask an owner to invite you.',
  no_second_factor: 'Your sign-in provider did not ask for a second factor, and here it has to.',
  not_fresh: 'Your sign-in provider did not ask anew who you are. Nothing was confirmed.',
  other_person: 'That was another person than the one who is signed in here. Nothing was confirmed.',
} as const;
export type Reason = keyof typeof REASONS;
export const isReason = (text: string): text is Reason => Object.hasOwn(REASONS, text);

/** Domains at which anybody gets an address. */
const ANYBODYS = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com proton.me gmx.com gmx.de mail.com'.split(
    ' ',
  ),
);

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/, 'is a domain like example.com')
  .refine((name) => !ANYBODYS.has(name), 'is a domain at which anybody gets an address');

const role = z.enum(ROLES);

export const saveSingleSignOnInput = z.strictObject({
  /** The one that was read; 0 for the first. */
  version: z.int().min(0),
  enabled: z.boolean(),
  issuer: z.string().trim().min(1).max(500),
  clientId: plain(300),
  /** Absent: the one that is kept. */
  clientSecret: z.string().min(1).max(1000).optional(),
  domains: z
    .array(domain)
    .min(1, 'names at least one domain')
    .max(MOST_DOMAINS)
    .transform((all) => [...new Set(all)]),
  roleClaim: plain(200).nullable(),
  roleValues: z.array(z.strictObject({ value: plain(300), role })).max(MOST_ROLE_VALUES),
  defaultRole: role.exclude(['owner']).nullable(),
  createsPeople: z.boolean(),
  passwordAllowed: z.boolean(),
  needsSecondFactor: z.boolean(),
});

/** The settings as they are seen: the secret never is. */
export type SingleSignOn = Omit<z.infer<typeof saveSingleSignOnInput>, 'clientSecret'>;

/** What a try showed. */
export type Tried = {
  reason: Reason | null;
  detail: string | null;
  role: Role | null;
  isNew: boolean;
  claims: Record<string, unknown>;
};
