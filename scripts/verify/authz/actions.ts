/** Arguments of a server action as React's client sends them. Source: encodeReply of react-server-dom. */

const escaped = (value: unknown): unknown => {
  if (value === undefined) return '$undefined';
  if (typeof value === 'string') return value.startsWith('$') ? `$${value}` : value;
  if (Array.isArray(value)) return value.map(escaped);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, escaped(one)]));
};

export type Encoded = { type: string; body: string | Buffer };

/** Plain values go as JSON; a form or a file goes beside them in parts of its own. */
export async function encode(args: readonly unknown[]): Promise<Encoded> {
  const parts = new FormData();
  let next = 1;
  const root = args.map((value) => {
    if (value instanceof FormData) {
      const name = next++;
      for (const [field, entry] of value) parts.append(`_${name}_${field}`, entry);
      return `$K${name.toString(16)}`;
    }
    if (!(value instanceof Blob)) return escaped(value);
    const name = next++;
    parts.append(String(name), value);
    return `$B${name.toString(16)}`;
  });
  const text = JSON.stringify(root);
  if (next === 1) return { type: 'text/plain;charset=UTF-8', body: text };
  parts.append('0', text);
  const sent = new Response(parts);
  return { type: sent.headers.get('content-type') ?? '', body: Buffer.from(await sent.arrayBuffer()) };
}
