import 'server-only';

/** A query string as an object; a name given twice is refused by the schema, as a list. */
export function queryOf(request: Request): Record<string, string | string[]> {
  // Any name is a name here, `__proto__` too.
  const query = Object.create(null) as Record<string, string | string[]>;
  const { searchParams } = new URL(request.url);
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
}
