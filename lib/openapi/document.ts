import { API_VERSION } from '@/core/events';
import { ID_PREFIXES } from '@/core/ids';
import { SCOPES } from '@/core/permissions';
import { linkEvent } from '../contracts/events';
import { oauthError } from '../contracts/oauth';
import { OPERATIONS, type Operation, problemsOf, TAGS, takesKey } from '../contracts/operations';
import * as shown from '../contracts/operations/examples';
import { problem, STATUS_OF, TITLES } from '../contracts/problem';
import { apiAddress, curlOf } from './curl';
import { componentSchemas, type Json, schemaOf } from './schemas';

const header = (description: string, schema: Json): Json => ({ description, schema });
const HEADERS: Json = {
  'Request-Id': header('Names this request in our logs.', { type: 'string' }),
};
const RATE_HEADERS: Json = {
  'RateLimit-Limit': header('Requests that may be made at once.', { type: 'integer' }),
  'RateLimit-Remaining': header('Requests that are left now.', { type: 'integer' }),
  'RateLimit-Reset': header('Seconds until all of them are there again.', { type: 'integer' }),
};
const RETRY_AFTER: Json = { 'Retry-After': header('Seconds to wait.', { type: 'integer', minimum: 1 }) };
const REPLAYED: Json = {
  'Idempotency-Replayed': header('`true` on an answer that was given before.', { type: 'string' }),
};

const pathId = (kind: keyof typeof ID_PREFIXES): Json => ({
  name: 'id',
  in: 'path',
  required: true,
  description: `Its id, \`${ID_PREFIXES[kind]}_…\`.`,
  schema: { type: 'string' },
});

function parametersOf({ ids, query, ifMatch, ...operation }: Operation): Json[] {
  const { properties = {}, required = [] } = (query ? schemaOf(query, 'input') : {}) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const inHeader = (name: string, description: string, schema: Json, needed = false): Json => ({
    name,
    in: 'header',
    required: needed,
    description,
    schema,
  });
  return [
    ...(ids ? [pathId(ids)] : []),
    ...Object.entries(properties).map(([name, { description, ...schema }]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      ...(description !== undefined && { description }),
      schema,
    })),
    ...(takesKey(operation)
      ? [
          inHeader(
            'Idempotency-Key',
            'The same key and body get the same answer, for seven days; one that holds a secret for a day.',
            {
              type: 'string',
              minLength: 1,
              maxLength: 255,
            },
          ),
        ]
      : []),
    ...(ifMatch ? [inHeader('If-Match', 'The version you have read, like "3".', IF_MATCH)] : []),
  ];
}
const IF_MATCH: Json = { type: 'string', pattern: '^"[0-9]{1,9}"$' };

function bodyOf({ body, oauth, example }: Operation): Json {
  if (!body) return {};
  const schema = schemaOf(body.schema, 'input');
  const shownBody = example?.request === undefined ? {} : { example: example.request };
  const mediaType = oauth ? 'application/x-www-form-urlencoded' : 'application/json';
  const csv = body.csv !== undefined && { 'text/csv': { schema: { type: 'string' }, example: body.csv } };
  const content = { [mediaType]: { schema, ...shownBody }, ...csv };
  return { requestBody: { required: !body.optional, content } };
}

function answerOf(operation: Operation): Json {
  const { answer, example } = operation;
  const { status, schema, mediaType = 'application/json', description } = answer;
  const shownBody = example?.response === undefined ? {} : { example: example.response };
  const content = schema && { [mediaType]: { schema: schemaOf(schema, 'output'), ...shownBody } };
  const rates = operation.scope !== null && RATE_HEADERS;
  const headers = { ...HEADERS, ...rates, ...(takesKey(operation) && REPLAYED) };
  return { [status]: { description, headers, ...(content && { content }) } };
}

/** Each status with the codes it may carry: a client can tell them apart by `code`. */
function refusalsOf(operation: Operation): Json {
  if (operation.oauth) return oauthRefusals();
  const byStatus = new Map<number, string[]>();
  for (const code of problemsOf(operation))
    byStatus.set(STATUS_OF[code], [...(byStatus.get(STATUS_OF[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const waits = [429, 503].includes(status) || codes.includes('idempotency_in_flight');
      const narrowed = { allOf: [schemaOf(problem, 'output'), { properties: { code: { enum: codes } } }] };
      const answer = {
        description: `${TITLES[status]}: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
        headers: { ...HEADERS, ...(waits && RETRY_AFTER) },
        content: { 'application/problem+json': { schema: narrowed } },
      };
      return [String(status), answer];
    }),
  );
}

const oauthRefusals = (): Json =>
  Object.fromEntries(
    [
      [400, 'The request is not one of client credentials.'],
      [401, 'Id and secret do not go together, or the client is revoked.'],
      [500, 'Something went wrong on our side.'],
    ].map(([status, description]) => {
      const schema = schemaOf(oauthError, 'output');
      return [String(status), { description, headers: HEADERS, content: { 'application/json': { schema } } }];
    }),
  );

function operationObject(operation: Operation, portalUrl: string): Json {
  const { id, tag, summary, description, scope, root } = operation;
  const scopeLine = scope ? `Scope: \`${scope}\`.` : '';
  const text = [description, scopeLine].filter(Boolean).join('\n\n');
  const parameters = parametersOf(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(text && { description: text }),
    ...(root && { servers: [{ url: portalUrl }] }),
    security: scope === null ? [] : [{ apiKey: [] }, { oauth2: [scope] }],
    ...(parameters.length > 0 && { parameters }),
    ...bodyOf(operation),
    responses: { ...answerOf(operation), ...refusalsOf(operation) },
    'x-codeSamples': [{ lang: 'Shell', label: 'curl', source: curlOf(operation, portalUrl) }],
  };
}

function pathsOf(portalUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS)
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: operationObject(operation, portalUrl),
    };
  return paths;
}

const securitySchemes = (portalUrl: string): Json => ({
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `cf_live_…` or `cf_test_…`.' },
  oauth2: {
    type: 'oauth2',
    flows: {
      clientCredentials: {
        tokenUrl: `${portalUrl}/oauth/token`,
        scopes: Object.fromEntries(
          SCOPES.map((scope) => [scope, scope.replace(':', ': ').replaceAll('_', ' ')]),
        ),
      },
    },
  },
});

const webhooks = (): Json => ({
  event: {
    post: {
      operationId: 'receiveEvent',
      tags: ['Webhooks'],
      summary: 'What your endpoint receives',
      description:
        'Signed as Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`. The same bytes on every try.',
      security: [],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(linkEvent, 'output'), example: shown.event } },
      },
      responses: {
        '2XX': { description: 'Received. Any other answer is a failure and is tried again.' },
        '410': { description: 'Gone: the endpoint is switched off.' },
      },
    },
  },
});

const DESCRIPTION = `Issue payment links, follow them and reconcile them.

JSON is camelCase, times are ISO 8601 in UTC with milliseconds, amounts are integer minor units of an ISO 4217 currency. Refusals are RFC 9457 \`application/problem+json\`: decide by \`code\`. Answers may gain fields; ignore those you do not know.`;

/** The API as one OpenAPI 3.1 document, made from the contracts. */
export const openApiDocument = (portalUrl: string): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Counterfoil Payment API',
    version: API_VERSION,
    description: DESCRIPTION,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: apiAddress(portalUrl) }],
  tags: [
    ...Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    { name: 'Webhooks', description: 'What your endpoint receives.' },
  ],
  paths: pathsOf(portalUrl),
  webhooks: webhooks(),
  components: { securitySchemes: securitySchemes(portalUrl), schemas: componentSchemas() },
});
