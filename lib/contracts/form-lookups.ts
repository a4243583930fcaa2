import * as z from 'zod';
import {
  type Credentials,
  LOOKUP_OUTCOMES,
  LOOKUP_TARGETS,
  type LookupOccasion,
  type LookupOutcome,
} from '@/core/crm';
import { minor } from './common';
import { credentialsInput, url } from './crm';
import { plain } from './text';

const MOST_FIELDS = 20;
const isTarget = (name: string): boolean =>
  LOOKUP_TARGETS.some((target) => target === name) || /^fields\.[A-Za-z0-9_-]{1,40}$/.test(name);
const NOT_NAMES = /(^|\.)(__proto__|constructor|prototype)(\.|$)/;

/** Our field to the path of a value in the answer: names and list positions with points between them. */
const mapping = z
  .record(
    z
      .string()
      .refine(isTarget, { error: 'is not a field that a lookup can fill' })
      .refine((name) => !NOT_NAMES.test(name), { error: 'is not a field that a lookup can fill' }),
    z
      .string()
      .max(200)
      .regex(/^[^\s.]+(\.[^\s.]+)*$/, { error: 'must be a path like person.mail or invoices.0.total' })
      .refine((path) => path.split('.').length <= 5, { error: 'must not be deeper than five levels' }),
  )
  .refine((value) => Object.keys(value).length <= LOOKUP_TARGETS.length + MOST_FIELDS, {
    error: 'names too many fields',
  })
  .refine((value) => !('amount' in value && 'amountMinor' in value), {
    error: 'names the amount twice: in minor and in major units',
  });

/** Sets up the form lookup of a profile, or changes it: `version` is the one that was read, null for the first. */
export const saveFormLookupInput = z.strictObject({
  profile: z.string().max(64),
  version: z.int().nullable(),
  url,
  credentials: credentialsInput,
  secret: z.string().max(100).optional(),
  newSecret: z.boolean().optional(),
  mapping: mapping.nullable().optional(),
  enabled: z.boolean().default(true),
  payerAsks: z.boolean().default(false),
});
export type SaveFormLookupInput = z.input<typeof saveFormLookupInput>;

/** What a form lookup is asked for: at least one of reference and customer key. */
export const lookUpInput = z
  .strictObject({
    profile: z.string().max(64).optional(),
    reference: plain(64).optional(),
    customerKey: plain(64).optional(),
    call: plain(100).optional(),
  })
  .refine(({ reference, customerKey }) => reference !== undefined || customerKey !== undefined, {
    path: ['reference'],
    error: 'is needed for a lookup',
  });

/** `lookup` of POST /payment-links. */
export const lookupWish = z
  .union([z.boolean(), z.strictObject({ customerKey: plain(64).optional(), call: plain(64).optional() })])
  .meta({
    description:
      'Fill what you leave out from your own system, by the form lookup of the payment profile. The amount is always yours.',
  });

const note = z.strictObject({ field: z.string(), path: z.string(), message: z.string() });

/** What became of a lookup, as the answer of POST /payment-links tells it. */
export const lookupReport = z.strictObject({
  outcome: z.enum(LOOKUP_OUTCOMES),
  filled: z.array(z.string()).meta({ description: 'The fields of this link that the lookup filled.' }),
  amountMinor: minor
    .nullable()
    .meta({ description: 'What your system proposed. It was not used: yours was.' }),
  currency: z.string().nullable(),
  notes: z.array(note).meta({ description: 'What it answered that could not be used, and why.' }),
});
export type LookupReport = z.output<typeof lookupReport>;
export type LookupNote = z.output<typeof note>;

export type LineItem = {
  description: string;
  quantity: number;
  unitAmountMinor: number;
  taxMinor?: number | undefined;
};

/** What the merchant's system proposes for the form. Every value was checked like one that was typed. */
export type Proposals = {
  customer: { name?: string; email?: string; phone?: string; locale?: string; timeZone?: string };
  amountMinor?: number;
  currency?: string;
  description?: string;
  reference?: string;
  lineItems?: LineItem[];
  fields: Record<string, string>;
};

/** How one lookup went. `proposed` names what `proposals` holds. */
export type LookupResult = {
  id: string;
  outcome: LookupOutcome;
  /** The status that was answered; null where none came. */
  status: number | null;
  detail: string | null;
  durationMs: number;
  proposals: Proposals;
  proposed: string[];
  notes: LookupNote[];
};
/** The same for an admin who tries it: with what came back, its first 4 kB, digits of cards masked. */
export type LookupTrial = LookupResult & { answer: string | null };

/** The form lookup of a profile as its screen shows it: nothing of its secrets. */
export type FormLookup = {
  profile: string;
  url: string;
  credentials: Credentials;
  mapping: Record<string, string> | null;
  enabled: boolean;
  /** Asked also when a payer presses Continue on the page of a link that was not looked up. */
  payerAsks: boolean;
  version: number;
  updatedAt: string;
};

/** A line of the log: the values of the answer are masked. */
export type LookupCall = Omit<LookupResult, 'proposals' | 'notes'> & {
  occasion: LookupOccasion;
  actor: string;
  reference: string | null;
  answer: string | null;
  at: string;
};
