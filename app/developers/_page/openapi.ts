import { openApiDocument } from '@/lib/openapi';
import { services } from '../../_server/services';

export type Schema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
};
type Media = { schema?: Schema; example?: unknown };
type Parameter = { name: string; in: string; required: boolean; description?: string; schema: Schema };
export type Answer = { description: string; content?: Record<string, Media> };
export type DocumentOperation = {
  operationId: string;
  tags: readonly [string];
  summary: string;
  description?: string;
  servers?: readonly { url: string }[];
  parameters?: readonly Parameter[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, Answer>;
  'x-codeSamples': readonly [{ source: string }];
};
type Document = {
  tags: readonly { name: string; description: string }[];
  paths: Record<string, Record<string, DocumentOperation>>;
  components: { schemas: Record<string, Schema> };
};
export type Listed = { method: string; path: string; operation: DocumentOperation };

let made: Document | undefined;

/** The API's document, as it is served: the reference is made from it and from nothing else. */
export function apiDocument(): Document {
  made ??= openApiDocument(services().config.portalUrl) as Document;
  return made;
}

/** Every operation, in the document's order. */
export const operations = (): Listed[] =>
  Object.entries(apiDocument().paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
