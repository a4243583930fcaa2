import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A span as a collector got it. */
export type Seen = {
  process: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  attributes: Record<string, string>;
  hasFailed: boolean;
};

type Attributes = { key: string; value: { stringValue: string } }[];
type Sent = {
  resourceSpans: {
    resource: { attributes: Attributes };
    scopeSpans: {
      spans: (Omit<Seen, 'attributes'> & { attributes: Attributes; status: { code?: number } })[];
    }[];
  }[];
};

const plain = (attributes: Attributes): Record<string, string> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));

const spansOf = (body: string): Seen[] =>
  (JSON.parse(body) as Sent).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ name, traceId, spanId, parentSpanId, attributes, status }) => ({
        process: (plain(resource.attributes)['service.name'] ?? '').replace('counterfoil-', ''),
        ...{
          name,
          traceId,
          spanId,
          parentSpanId,
          attributes: plain(attributes),
          hasFailed: status.code === 2,
        },
      })),
    ),
  );

export type Collector = Awaited<ReturnType<typeof startCollector>>;

/** A collector of traces that speaks OTLP in JSON, as far as we do. `respond`: what it answers, if not that it has them. */
export async function startCollector(respond = (response: ServerResponse): void => void response.end('{}')) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/v1/traces') bodies.push(Buffer.concat(chunks).toString());
      respond(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const spans = (): Seen[] => bodies.flatMap(spansOf);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    spans,
    /** The first span of this name, waited for. */
    async span(name: string): Promise<Seen> {
      for (let i = 0; i < 250; i++, await sleep(20)) {
        const found = spans().find((one) => one.name === name);
        if (found) return found;
      }
      throw new Error(`no span ${name} came, of ${spans().map((one) => one.name)}`);
    },
    close: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Whether a span of the last of these lies below one of the one before it, and so on up: each is `process name`. */
export const isChain = (spans: readonly Seen[], chain: readonly string[]): boolean =>
  spans.some((span) => leadsUp(spans, span, chain.toReversed()));

function leadsUp(spans: readonly Seen[], span: Seen | undefined, [here, ...above]: string[]): boolean {
  if (!span || `${span.process} ${span.name}` !== here) return false;
  if (above.length === 0) return true;
  const { traceId, parentSpanId } = span;
  const parent = spans.find((one) => one.spanId === parentSpanId && one.traceId === traceId);
  return leadsUp(spans, parent, above);
}
