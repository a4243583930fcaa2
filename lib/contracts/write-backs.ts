import * as z from 'zod';
import { type Credentials, WRITE_BACK_ENDS, WRITE_BACK_METHODS, type WriteBackEnd } from '@/core/crm';
import { credentialsInput, url } from './crm';
import type { WebhookEndpoint } from './webhooks';

/** What a template can name, between {{ and }}. `link.metadata.x` names one entry of a link's metadata. */
export const TEMPLATE_NAMES = [
  'outcome',
  'event.id',
  'event.type',
  'event.occurredAt',
  'livemode',
  'link.id',
  'link.reference',
  'link.description',
  'link.amountType',
  'link.amountMinor',
  'link.amount',
  'link.currency',
  'link.profile',
  'link.customer.name',
  'link.customer.email',
  'link.customer.phone',
  'link.metadata',
  'attempt.id',
  'attempt.state',
  'attempt.amountMinor',
  'attempt.amount',
  'attempt.currency',
  'attempt.channel',
  'attempt.card',
  'attempt.card.brand',
  'attempt.card.last4',
  'attempt.declineCode',
  'attempt.gatewayReference',
] as const;

/** What is sent where no template is said. */
export const STANDARD_TEMPLATE = JSON.stringify(
  {
    reference: '{{link.reference}}',
    outcome: '{{outcome}}',
    paymentLink: '{{link.id}}',
    paymentAttempt: '{{attempt.id}}',
    amountMinor: '{{attempt.amountMinor}}',
    currency: '{{link.currency}}',
    card: '{{attempt.card}}',
    declineCode: '{{attempt.declineCode}}',
    occurredAt: '{{event.occurredAt}}',
    metadata: '{{link.metadata}}',
  },
  null,
  2,
);

const distinct = (list: readonly string[]): boolean => new Set(list).size === list.length;

/** Sets up the write-back of a profile, or changes it: `version` is the one that was read, null for the first. */
export const saveWriteBackInput = z.strictObject({
  profile: z.string().max(64),
  version: z.int().nullable(),
  url,
  method: z.enum(WRITE_BACK_METHODS).default('POST'),
  credentials: credentialsInput,
  secret: z.string().max(100).optional(),
  ends: z.array(z.enum(WRITE_BACK_ENDS)).min(1).refine(distinct, { error: 'names one twice' }).optional(),
  template: z.string().max(8_192).optional(),
});
export type SaveWriteBackInput = z.input<typeof saveWriteBackInput>;

/** The write-back of a profile: an endpoint of its own kind, and what is its alone. Nothing of its secrets. */
export type WriteBack = {
  endpoint: WebhookEndpoint;
  method: (typeof WRITE_BACK_METHODS)[number];
  credentials: Credentials;
  ends: WriteBackEnd[];
  template: string;
};
