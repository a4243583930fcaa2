import * as z from 'zod';
import { accessToken, tokenRequest } from '../oauth';
import type { Operation } from './operation';

export const SYSTEM_OPERATIONS: readonly Operation[] = [
  {
    id: 'issueAccessToken',
    method: 'POST',
    path: '/oauth/token',
    root: true,
    oauth: true,
    tag: 'Authentication',
    summary: 'Get an access token for one hour',
    description:
      'OAuth 2 client credentials, RFC 6749, 4.4. Id and secret by HTTP Basic or in the form, not both.',
    scope: null,
    body: { schema: tokenRequest },
    answer: {
      status: 200,
      schema: accessToken,
      description: 'The token. It ends at once when its client is revoked.',
    },
    example: {
      request: { grant_type: 'client_credentials', scope: 'payment_links:read' },
      response: {
        access_token: 'cf_token_…',
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'payment_links:read',
      },
    },
  },
  {
    id: 'readOpenApiDocument',
    method: 'GET',
    path: '/openapi.json',
    tag: 'This document',
    summary: 'Read this document',
    scope: null,
    answer: { status: 200, schema: z.record(z.string(), z.unknown()), description: 'OpenAPI 3.1.' },
  },
];
