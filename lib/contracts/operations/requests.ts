import { apiRequest, apiRequestDetail, listApiRequestsInput } from '../api-requests';
import { pageOf } from '../common';
import { MAKER, pageWith } from './examples';
import type { Operation } from './operation';

export const apiRequestPage = pageOf(apiRequest);

const shown = {
  id: 'req_01kb1v3q5sezqv4x0c9w6y2m8n',
  object: 'api_request',
  client: MAKER,
  method: 'POST',
  path: '/api/v1/payment-links',
  operation: 'createPaymentLink',
  status: 422,
  code: 'invalid',
  durationMs: 6,
  address: '203.0.113.7',
  userAgent: 'web-shop/3.1',
  idempotencyKey: 'order-1042',
  idempotencyReplayed: false,
  at: '2026-11-24T09:00:00.000Z',
};
const read = { tag: 'Requests', method: 'GET', scope: 'api_requests:read' } as const;

export const REQUEST_OPERATIONS: readonly Operation[] = [
  {
    ...read,
    id: 'listApiRequests',
    path: '/api-requests',
    summary: 'List the calls of this API',
    description:
      'Newest first, of all keys and OAuth clients, for 30 days. A call is in the list about a second after its answer; one that was refused for its rate, or without a key, is not.',
    query: listApiRequestsInput,
    answer: { status: 200, schema: apiRequestPage, description: 'A page of calls.' },
    example: { response: pageWith(shown) },
  },
  {
    ...read,
    id: 'readApiRequest',
    path: '/api-requests/{id}',
    summary: 'Read a call with what was sent and refused',
    description:
      'The id is the `Request-Id` of the answer. Of what was sent the names and numbers are kept, and text only where it is a word of this API or an id; everything else is masked.',
    ids: 'request',
    answer: { status: 200, schema: apiRequestDetail, description: 'The call.' },
    example: {
      response: {
        ...shown,
        query: {},
        body: { amountMinor: 1240, currency: 'GBP', surprise: '•••', customer: { name: '•••' } },
        problem: {
          code: 'invalid',
          detail: 'surprise: is not a known field',
          errors: [{ path: 'surprise', message: 'is not a known field' }],
        },
      },
    },
  },
];
