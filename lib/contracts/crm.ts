import * as z from 'zod';
import { CREDENTIAL_KINDS } from '@/core/crm';
import { headerName, headerValue } from './webhooks';

export const url = z
  .string()
  .max(2_000)
  .meta({ description: 'https, on port 443 or 8443, to a public name.' });
/** A secret that is written and never shown. Left out, the one that is kept stays. */
const secret = z.string().min(1).max(1_024).optional();
const visible = (max: number) =>
  z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: 'must be printable ASCII' })
    .max(max);

/** Fields of the token's request that RFC 6749 gives a meaning to. */
const OF_THE_GRANT = ['grant_type', 'client_id', 'client_secret', 'scope'];
const attributes = z
  .record(z.string().regex(/^[\x21-\x7e]{1,64}$/), z.string().max(500))
  .refine((value) => Object.keys(value).length <= 10, { error: 'at most 10 attributes' })
  .refine((value) => !OF_THE_GRANT.some((name) => name in value), {
    error: `must not name ${OF_THE_GRANT.join(', ')}`,
  });

/** How we prove to the merchant's system who asks. Every request is signed as Standard Webhooks; these come on top. */
export const credentialsInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal(CREDENTIAL_KINDS[0]) }),
  z.strictObject({
    kind: z.literal(CREDENTIAL_KINDS[1]),
    tokenUrl: url,
    clientId: visible(200),
    scope: z
      .string()
      .regex(/^[\x20-\x7e]*$/, { error: 'must be printable ASCII' })
      .max(500)
      .optional(),
    clientSecret: secret,
    attributes: attributes.optional(),
  }),
  z.strictObject({ kind: z.literal(CREDENTIAL_KINDS[2]), name: headerName, value: headerValue.optional() }),
]);
export type CredentialsInput = z.output<typeof credentialsInput>;
