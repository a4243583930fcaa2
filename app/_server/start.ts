import { type PortalEnv, portalEnv } from '@/lib/env';
import { interpose } from '@/lib/interpose';
import { createLogger, withoutCards } from '@/lib/log';
import { counted, measureRequests } from '@/lib/metrics';
import { watchParent } from '@/lib/parent';
import { answerInFront } from './front';
import { pageHeaders } from './page-headers';

/** What the portal does once, before its first request: reads the environment, so that what is missing is said at once. */
export async function startPortal(): Promise<void> {
  // First, so that all that is put before a request stands before this too. Not while the page is being written.
  if (process.env.NODE_ENV === 'production') answerInFront();
  interpose(pageHeaders(portalEnv(), process.env.NODE_ENV === 'development'));
  if (portalEnv().TRUSTED_PROXY_HOPS === 0) distrustForwarding();
  if (portalEnv().CF_WATCH_PARENT) watchParent();
  if (portalEnv().METRICS_TOKEN) measureRequests();
  if (portalEnv().OTEL_EXPORTER_OTLP_ENDPOINT) await tracePortal(portalEnv());
  for (const stream of [process.stdout, process.stderr]) keepCardsOut(stream);
}

/** Loaded only where somebody wants traces. */
async function tracePortal(env: PortalEnv): Promise<void> {
  const { startTraces, traceRequests } = await import('@/lib/tracing');
  const end = startTraces('portal', env, counted(createLogger('portal', env.LOG_LEVEL)));
  traceRequests();
  process.once('SIGTERM', end);
}

/** The framework prints parts of bad requests as they came: a card number among them never reaches the log. */
function keepCardsOut(stream: NodeJS.WriteStream): void {
  const write = stream.write;
  stream.write = ((chunk: Uint8Array | string, ...rest: unknown[]) =>
    Reflect.apply(write, stream, [
      withoutCards(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()),
      ...rest,
    ])) as typeof stream.write;
}

/** Without a proxy of ours in front, nobody may say where a request comes from: the socket's own address is taken. */
function distrustForwarding(): void {
  interpose(({ headers }, _response, go) => {
    delete headers['x-forwarded-for'];
    return go();
  });
}
