import * as z from 'zod';
import { ANSWER_NAMES, INPUT_NAMES } from '../contracts/operations/names';

export type Json = { [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes out what only zod needs: its own ids, the bounds of a safe integer, patterns that a format says already. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (!isObject(value)) return value;
  const { $schema, $id, ...rest } = value;
  if (rest.format !== undefined) delete rest.pattern;
  if (rest.minimum === Number.MIN_SAFE_INTEGER) delete rest.minimum;
  if (rest.maximum === Number.MAX_SAFE_INTEGER) delete rest.maximum;
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, tidy(inner)]));
}

/** An answer may gain fields: a client ignores those it does not know. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (!isObject(value)) return value;
  const { additionalProperties, ...rest } = value;
  const kept = additionalProperties === false ? {} : { additionalProperties };
  return Object.fromEntries(
    Object.entries({ ...rest, ...(additionalProperties !== undefined && kept) }).map(([key, inner]) => [
      key,
      opened(inner),
    ]),
  );
}

const uri = (name: string): string => `#/components/schemas/${name}`;

function registered(names: Record<string, z.ZodType>, io: 'input' | 'output'): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(names)) registry.add(schema, { id });
  return tidy(z.toJSONSchema(registry, { uri, io }).schemas) as Json;
}

const NAME_OF = new Map(
  [...Object.entries(ANSWER_NAMES), ...Object.entries(INPUT_NAMES)].map(([name, schema]) => [schema, name]),
);

/** A schema where it is used: a reference where it has a name. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const name = NAME_OF.get(schema);
  if (name !== undefined) return { $ref: uri(name) };
  if (io === 'input') return tidy(z.toJSONSchema(schema, { io })) as Json;
  const options = (schema as Partial<z.ZodUnion>).options;
  if (options?.every((one) => NAME_OF.has(one as z.ZodType)))
    return { anyOf: options.map((one) => schemaOf(one as z.ZodType, io)) };
  return opened(tidy(z.toJSONSchema(schema, { io }))) as Json;
}

/** All named schemas. */
export const componentSchemas = (): Json => ({
  ...(opened(registered(ANSWER_NAMES, 'output')) as Json),
  ...registered(INPUT_NAMES, 'input'),
});
