import * as z from 'zod';
import { maker, paging, time, wholeNumber } from './common';

const fields = {
  id: z.string().meta({ description: 'The `Request-Id` of the answer.' }),
  object: z.literal('api_request'),
  client: maker.meta({ description: 'The API key or OAuth client that asked.' }),
  method: z.string(),
  path: z.string(),
  operation: z.string().nullable().meta({ description: 'Null for a path that is not there.' }),
  status: z.int(),
  code: z.string().nullable().meta({ description: 'Why it was refused.' }),
  durationMs: z.int(),
  address: z.string().meta({ description: 'Where it came from.' }),
  userAgent: z.string().nullable(),
  idempotencyKey: z.string().nullable(),
  idempotencyReplayed: z.boolean(),
  at: time,
};

/** One call of the API, as it came and was answered. */
export const apiRequest = z.strictObject(fields);
export type ApiRequest = z.output<typeof apiRequest>;

/** The same with what was sent and refused. Text that is not of our own words is masked. */
export const apiRequestDetail = z.strictObject({
  ...fields,
  query: z.record(z.string(), z.unknown()),
  body: z
    .unknown()
    .meta({ description: 'What was sent, masked; null without one, or where it was not JSON.' }),
  problem: z.unknown().meta({ description: 'The problem that was answered; null where it went well.' }),
});
export type ApiRequestDetail = z.output<typeof apiRequestDetail>;

/** GET /api-requests. Filters are joined by "and". */
export const listApiRequestsInput = z.strictObject({
  ...paging,
  client: z.string().max(64).optional().meta({ description: 'The id of a key or an OAuth client.' }),
  operation: z.string().max(64).optional().meta({ description: 'Its name in the OpenAPI document.' }),
  status: wholeNumber(100, 599).optional().meta({ description: 'The HTTP status.' }),
  failed: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .meta({ description: '`true`: refused or broken, a status of 400 or more.' }),
});
