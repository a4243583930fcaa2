import { holdsCardNumber } from './card-rules';
import {
  ATTRIBUTES,
  type Attributes,
  type Begun,
  SPAN_NAMES,
  type Span,
  type SpanKind,
  setTracer,
  type TraceContext,
  type Tracer,
} from './trace';

/** An environment, with the standard's own variables. Source: OpenTelemetry, Environment Variable Specification. */
export type TraceEnv = Readonly<Record<string, unknown>>;

export type TraceSettings = {
  /** The process, as it is named in traces. */
  process: string;
  url: string;
  headers: Record<string, string>;
  /** The part of the traces that is kept, 0 to 1. */
  ratio: number;
  /** Told of spans that were dropped, once a minute at the most. */
  onDropped?: (count: number) => void;
};

/** Where the traces of a process go; null where nobody wants any. Throws a sentence that names the variable, never its value. */
export function traceSettings(process: string, env: TraceEnv): TraceSettings | null {
  const endpoint = String(env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '');
  if (!endpoint) return null;
  const at = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (!at || !/^https?:$/.test(at.protocol) || at.username || at.password)
    throw new Error(
      'OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address without a name or password in it',
    );
  const ratio = Number(env.OTEL_TRACES_SAMPLER_ARG || 1);
  if (!(ratio >= 0 && ratio <= 1)) throw new Error('OTEL_TRACES_SAMPLER_ARG must be from 0 to 1');
  const headers = headersIn(String(env.OTEL_EXPORTER_OTLP_HEADERS ?? ''));
  return { process, url: `${endpoint.replace(/\/$/, '')}/v1/traces`, headers, ratio };
}

function headersIn(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('='));
  try {
    const headers = pairs.flatMap(([name = '', ...value]): [string, string][] =>
      name.trim() ? [[name.trim(), decodeURIComponent(value.join('=').trim())]] : [],
    );
    return Object.fromEntries(new Headers(headers));
  } catch {
    throw new Error('OTEL_EXPORTER_OTLP_HEADERS must be name=value with commas, values as in an address');
  }
}

/** Where the span that goes on is kept across what is waited for: node's AsyncLocalStorage. */
type Store<T> = { getStore: () => T | undefined; run: <R>(value: T, work: () => R) => R };

const MOST_WAITING = 2_048;
const MOST_AT_ONCE = 512;
const EVERY_MS = 1_000;
const BUDGET_MS = 3_000;
const TELL_EVERY_MS = 60_000;
/** Source: opentelemetry-proto, trace.proto. */
const KINDS: Record<SpanKind, number> = { internal: 1, server: 2, client: 3, consumer: 5 };
const ERROR = 2;

type Written = Record<string, unknown>;
export type Live = Span & { context: TraceContext; isEnded: boolean };

const random = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (one) => one.toString(16).padStart(2, '0')).join(
    '',
  );

const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** What may leave of what was said. */
const allowed = (said: Attributes): { key: string; value: object }[] =>
  Object.entries(ATTRIBUTES).flatMap(([key, form]) => {
    const value = String(said[key as keyof Attributes] ?? '');
    return form.test(value) && !holdsCardNumber(value) ? [attribute(key, value)] : [];
  });

function nameOf(name: string, route: string | number = ''): string {
  if (ATTRIBUTES['http.request.method'].test(name) && ATTRIBUTES['http.route'].test(String(route)))
    return `${name} ${route}`;
  return SPAN_NAMES.find((one) => one === name) ?? 'unnamed';
}

const nanoseconds = (ms: number): string => `${Math.round(ms * 1000)}000`;

/** A span that is handed over, written, when it ends. */
function liveSpan(begun: Begun, parent: TraceContext | null, ratio: number, keep: (span: Written) => void) {
  const traceId = parent?.traceId ?? random(16);
  const isSampled = parent?.isSampled ?? Math.random() < ratio;
  const context = { traceId, spanId: random(8), isSampled };
  const [startedAt, started] = [Date.now(), performance.now()];
  const said: Attributes = { ...begun.attributes, ...(begun.route && { 'http.route': begun.route }) };
  let hasFailed = false;
  const span: Live = {
    context,
    isEnded: false,
    note: (more) => Object.assign(said, more),
    fail: (type) => {
      hasFailed = true;
      said['error.type'] = type;
    },
  };
  const end = (): void => {
    span.isEnded = true;
    if (!isSampled) return;
    keep({
      traceId,
      spanId: context.spanId,
      ...(parent && { parentSpanId: parent.spanId }),
      name: nameOf(begun.name, said['http.route']),
      kind: KINDS[begun.kind ?? 'internal'],
      startTimeUnixNano: nanoseconds(startedAt),
      endTimeUnixNano: nanoseconds(startedAt + performance.now() - started),
      attributes: allowed(said),
      status: hasFailed ? { code: ERROR } : {},
    });
  };
  return { span, end };
}

const tracerIn = (store: Store<Live>, ratio: number, keep: (span: Written) => void): Tracer => ({
  active: () => {
    const span = store.getStore();
    return span?.isEnded ? undefined : span;
  },
  within: async (begun, parent, work) => {
    const { span, end } = liveSpan(begun, parent, ratio, keep);
    try {
      return await store.run(span, () => work(span));
    } catch (error) {
      span.fail(error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      end();
    }
  },
});

/** Spans on their way to a collector. Nothing waits for it: what it does not take is dropped, and only so many are ever kept. */
class Outbox {
  private readonly waiting: Written[] = [];
  private readonly head: object;
  // The framework of the portal puts a fetch of its own in its place later.
  private readonly fetch = globalThis.fetch;
  private readonly timer = setInterval(() => this.flush(), EVERY_MS).unref();
  private dropped = 0;
  private toldAt = Number.NEGATIVE_INFINITY;
  private sending: Promise<void> | undefined;

  constructor(private readonly settings: TraceSettings) {
    const names = { 'service.name': `counterfoil-${settings.process}`, 'service.namespace': 'counterfoil' };
    this.head = { attributes: Object.entries(names).map(([key, value]) => attribute(key, value)) };
  }

  readonly keep = (span: Written): void => {
    if (this.waiting.length < MOST_WAITING) this.waiting.push(span);
    else this.dropped += 1;
  };

  async close(): Promise<void> {
    clearInterval(this.timer);
    const all = this.flush().then(() => this.flush());
    await Promise.race([all, new Promise((done) => setTimeout(done, BUDGET_MS).unref())]);
  }

  private flush(): Promise<void> {
    this.sending ??= this.empty().finally(() => {
      this.sending = undefined;
    });
    return this.sending;
  }

  private async empty(): Promise<void> {
    for (let left = Math.ceil(this.waiting.length / MOST_AT_ONCE); left > 0; left--) {
      const spans = this.waiting.splice(0, MOST_AT_ONCE);
      if (!(await this.isTaken(spans))) this.dropped += spans.length;
    }
    if (this.dropped === 0 || performance.now() - this.toldAt < TELL_EVERY_MS) return;
    this.toldAt = performance.now();
    this.settings.onDropped?.(this.dropped);
    this.dropped = 0;
  }

  private async isTaken(spans: Written[]): Promise<boolean> {
    const { url, headers } = this.settings;
    const scopeSpans = [{ scope: { name: 'counterfoil' }, spans }];
    try {
      const answer = await this.fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ resourceSpans: [{ resource: this.head, scopeSpans }] }),
        redirect: 'error',
        signal: AbortSignal.timeout(BUDGET_MS),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  }
}

/** From here on this process traces, and sends it as OTLP in JSON. What is given back ends it: what is left is sent within three seconds. */
export function startTracing(settings: TraceSettings, store: Store<Live>): () => Promise<void> {
  const outbox = new Outbox(settings);
  setTracer(tracerIn(store, settings.ratio, outbox.keep));
  return () => {
    setTracer(undefined);
    return outbox.close();
  };
}
