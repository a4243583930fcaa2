/** How we prove to a merchant's system who asks. Every request is signed; the other two come on top of that. */
export const CREDENTIAL_KINDS = ['signature', 'oauth', 'header'] as const;

/** The public part of it: what a screen may show. The one secret that goes with it is kept apart, encrypted. */
export type Credentials =
  | { kind: 'signature' }
  | {
      kind: 'oauth';
      tokenUrl: string;
      clientId: string;
      scope: string | null;
      /** What a token server asks for besides, like an audience. No secrets. */
      attributes?: Record<string, string>;
    }
  | { kind: 'header'; name: string };

/** Who or what asked for a lookup. */
export const LOOKUP_OCCASIONS = ['form', 'api', 'payer', 'test'] as const;
export type LookupOccasion = (typeof LOOKUP_OCCASIONS)[number];

/** How a form lookup ended. All but `found` leave the form as it was. */
export const LOOKUP_OUTCOMES = [
  'found',
  'not_found',
  'nothing_usable',
  'timeout',
  'unreachable',
  'refused',
  'http_error',
  'no_token',
  'too_large',
  'too_deep',
  'not_json',
  'busy',
] as const;
export type LookupOutcome = (typeof LOOKUP_OUTCOMES)[number];

/** What a lookup can propose, by the names of a link's fields. `amount` is in major units, for systems that write 12.40. */
export const LOOKUP_TARGETS = [
  'customer.name',
  'customer.email',
  'customer.phone',
  'customer.locale',
  'customer.timeZone',
  'currency',
  'amountMinor',
  'amount',
  'description',
  'reference',
  'lineItems',
] as const;
export type LookupTarget = (typeof LOOKUP_TARGETS)[number];

/** Budgets of a lookup: all of it in two seconds, the token too. */
export const LOOKUP_BUDGET_MS = 2_000;
export const LOOKUP_MOST_BYTES = 32_768;
export const LOOKUP_MOST_DEPTH = 5;
/** How long the pay page waits for a lookup that a payer asked for. What comes later changes nothing any more. */
export const LOOKUP_PATIENCE_MS = 5_000;

/**
 * What a webhook endpoint stands for: a merchant's own, the callbacks of a profile, a profile's write-back, or where a profile
 * tells the ends of payment sessions in the words of the Vonage Payment API.
 */
export const ENDPOINT_KINDS = ['events', 'callbacks', 'write_back', 'compatible'] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];
/** Endpoints that are set up with their payment profile, and whose bodies are made when it happens. */
export const isSetWithProfile = (kind: EndpointKind): boolean =>
  kind === 'write_back' || kind === 'compatible';

export const WRITE_BACK_METHODS = ['POST', 'PUT'] as const;

/** The events after which a merchant's system can be told how it ended. */
export const WRITE_BACK_ENDS = [
  'payment_attempt.succeeded',
  'payment_attempt.declined',
  'payment_attempt.failed',
  'payment_attempt.abandoned',
  'payment_link.expired',
  'payment_link.canceled',
] as const;
export type WriteBackEnd = (typeof WRITE_BACK_ENDS)[number];
/** Tries that never were submitted end as abandoned, with each reload of a page: not told unless asked for. */
export const ORDINARY_ENDS: readonly WriteBackEnd[] = WRITE_BACK_ENDS.filter(
  (end) => end !== 'payment_attempt.abandoned',
);

export const isEnd = (type: string): type is WriteBackEnd => WRITE_BACK_ENDS.some((end) => end === type);

/** True where a JSON value is nested deeper than `most` levels. Looks no deeper than that. */
export const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some((inner) => isDeeper(inner, most - 1)));
