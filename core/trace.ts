/** Traces as every process makes them. Without a tracer, which is loaded only where one is asked for, all of this does nothing. */

export type TraceContext = { traceId: string; spanId: string; isSampled: boolean };

/**
 * All that a span may say, and how each of it looks. Anything else is left out by the tracer, whoever says it: no address,
 * no token, no text, nothing of a card or a customer has this form.
 */
const ID = /^[a-z]{2,12}_[0-9a-z]{26}$/;
export const ATTRIBUTES = {
  'http.request.method': /^[A-Z]{3,7}$/,
  'http.route': /^(?:none|(?:\/(?::[a-zA-Z]{1,20}|[a-z][a-z-]{0,23}|v1|Auth|_next|\.well-known)?)+)$/,
  'http.response.status_code': /^[1-5]\d\d$/,
  'error.type': /^[A-Za-z][A-Za-z_]{0,39}$/,
  'counterfoil.act': /^[a-z_]{1,40}(?:\.[a-z_]{1,40})?$/,
  'counterfoil.refused': /^[a-z_]{1,40}$/,
  'counterfoil.subject': ID,
  'counterfoil.payment_attempt': ID,
  'counterfoil.delivery': ID,
  'counterfoil.endpoint': ID,
  'counterfoil.event': ID,
  'counterfoil.state': /^[a-z_]{1,40}$/,
  'counterfoil.job': /^[a-z_]{1,40}$/,
  'counterfoil.tries': /^\d{1,4}$/,
} as const satisfies Record<string, RegExp>;
export type Attributes = Partial<Record<keyof typeof ATTRIBUTES, string | number>>;

export type Span = {
  note: (attributes: Attributes) => void;
  /** It failed; what throws does so by itself. */
  fail: (type: string) => void;
};
export type SpanKind = 'internal' | 'server' | 'client' | 'consumer';
/** What a span may be called, besides a method of HTTP with its route. */
export const SPAN_NAMES = ['transaction', 'card payment', 'webhook delivery', 'job'] as const;
export type Begun = {
  /** One of these names or a method. */
  name: string;
  kind?: SpanKind;
  route?: string;
  attributes?: Attributes;
};

export type Tracer = {
  /** The span that goes on here; none once it has ended. */
  active: () => (Span & { context: TraceContext }) | undefined;
  /** Does the work within a span of its own, begun at once. Without a parent it begins a trace. */
  within: <T>(begun: Begun, parent: TraceContext | null, work: (span: Span) => Promise<T>) => Promise<T>;
};

/** One for the process, however often a bundler has put this module into it. */
const KEY = Symbol.for('counterfoil.tracer');
const home = globalThis as { [KEY]?: Tracer | undefined };

export function setTracer(tracer: Tracer | undefined): void {
  home[KEY] = tracer;
}

const NO_SPAN: Span = { note: () => {}, fail: () => {} };

/** A part of what goes on: a span where there is one around it, else nothing. */
export function trace<T>(begun: Begun, work: (span: Span) => Promise<T>): Promise<T> {
  const parent = home[KEY]?.active();
  return home[KEY] && parent ? home[KEY].within(begun, parent.context, work) : work(NO_SPAN);
}

/** Work that comes from elsewhere, in the trace that it carries or, without one, in a trace of its own. */
export function traceFrom<T>(
  carried: string | null | undefined,
  begun: Begun,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return home[KEY] ? home[KEY].within(begun, readTraceparent(carried), work) : work(NO_SPAN);
}

/** Says more of what goes on here. */
export const note = (attributes: Attributes): void => home[KEY]?.active()?.note(attributes);

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Source: W3C Trace Context, 3.2. */
export function readTraceparent(text: string | null | undefined): TraceContext | null {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(text ?? '') ?? [];
  return traceId && spanId && flags
    ? { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
    : null;
}

/** What carries this trace on, through HTTP or the database; null where there is none. */
export function traceparent(): string | null {
  const context = home[KEY]?.active()?.context;
  return context ? `00-${context.traceId}-${context.spanId}-0${context.isSampled ? 1 : 0}` : null;
}

export function traceHeaders(): { traceparent?: string } {
  const text = traceparent();
  return text ? { traceparent: text } : {};
}
