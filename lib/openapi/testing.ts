import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Json = { [key: string]: unknown };
type Media = { schema?: Json };
type Described = { headers?: Json; content?: Record<string, Media> };
type Operation = { operationId: string; servers?: { url: string }[]; responses: Record<string, Described> };
export type OpenApiDocument = {
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Json };
};
/** An answer as it came over the wire. `path` begins at the root of the portal. */
export type Answered = {
  method: string;
  path: string;
  status: number;
  contentType: string | null;
  body: string;
};

/** What the document describes and no more: a field that is not described is refused. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed(one)]));
  const isBare = inner.type === 'object' && inner.properties && inner.additionalProperties === undefined;
  return isBare ? { ...inner, additionalProperties: false } : inner;
}

/** Holds answers against an OpenAPI document: status, media type, body and code must be described there. */
export class AnswerCheck {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly matchers: { pattern: RegExp; method: string; operation: Operation }[];
  /** The operations that were answered, with each status. */
  readonly seen = new Set<string>();

  constructor(document: OpenApiDocument) {
    addFormats.default(this.ajv);
    this.ajv.addSchema({ $id: 'api', components: closed(document.components) });
    this.matchers = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const root = new URL((operation.servers ?? document.servers)[0]?.url ?? '').pathname;
        const text = (root === '/' ? '' : root) + path;
        const pattern = text.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+');
        return { pattern: new RegExp(`^${pattern}$`), method: method.toUpperCase(), operation };
      }),
    );
  }

  operation(method: string, path: string): Operation | undefined {
    const plain = path.split('?')[0] ?? '';
    return this.matchers.find((one) => one.method === method && one.pattern.test(plain))?.operation;
  }

  /** Why an answer is not as the document says; null when it is. */
  fault({ method, path, status, contentType, body }: Answered): string | null {
    const operation = this.operation(method, path);
    const place = `${method} ${path} → ${status}`;
    if (!operation) return this.strangerFault(place, status, body);
    this.seen.add(`${operation.operationId} ${status}`);
    const described = operation.responses[String(status)];
    if (!described) return `${place}: the document has no such status`;
    if (!described.content) return body === '' ? null : `${place}: the document has no body`;
    const mediaType = contentType?.split(';')[0] ?? '';
    const media = described.content[mediaType];
    if (!media) return `${place}: the document has no ${mediaType}`;
    if (!mediaType.endsWith('json') || !media.schema) return null;
    return this.bodyFault(place, `${operation.operationId} ${status}`, media.schema, body);
  }

  /** A path or method that is not there is told as a problem. */
  private strangerFault(place: string, status: number, body: string): string | null {
    if (status < 400) return body === '' ? null : `${place}: the document has no such operation`;
    return this.bodyFault(place, 'problem', { $ref: '#/components/schemas/Problem' }, body);
  }

  private bodyFault(place: string, name: string, schema: Json, body: string): string | null {
    const validate = this.compiled.get(name) ?? this.compile(name, schema);
    if (validate(JSON.parse(body))) return null;
    const faults = validate.errors?.map(
      (one) => `${one.instancePath} ${one.message} ${JSON.stringify(one.params)}`,
    );
    return `${place}: ${faults?.slice(0, 5).join('; ')}`;
  }

  private compile(name: string, schema: Json): ValidateFunction {
    const absolute = JSON.parse(
      JSON.stringify(closed(schema)).replaceAll('"#/components', '"api#/components'),
    );
    const validate = this.ajv.compile(absolute);
    this.compiled.set(name, validate);
    return validate;
  }
}
