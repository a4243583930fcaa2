import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { CardConfig } from './env';
import { type KeypadLimits, makeCaptures } from './keypad/captures';
import type { Log } from './log';
import { makePages } from './pages';
import { holdReceived } from './received';
import { handle } from './routes';

/** After SIGTERM: waits for gateways end, and then the telling of their answers ends too. */
export type DrainTimes = { chargingMs: number; reportingMs: number };
const DRAIN: DrainTimes = { chargingMs: 18_000, reportingMs: 22_000 };

export type CardServer = {
  server: Server;
  /** Stops accepting, lets charges finish; what remains is reported as unknown. Resolves when nothing is left to do. */
  drain: () => Promise<void>;
};

/** The HTTP server of the card process. Has no effects before `server.listen`. */
export function createCardServer(
  config: CardConfig,
  frameScript: string,
  options: { log: Log; bodyTimeoutMs?: number; drain?: DrainTimes; keypad?: Partial<KeypadLimits> },
): CardServer {
  const charging = new AbortController();
  const reporting = new AbortController();
  // Every charge and every telling listens to these.
  setMaxListeners(0, charging.signal, reporting.signal);
  const signals = { charging: charging.signal, reporting: reporting.signal };
  const captures = makeCaptures(config, signals, options.keypad);
  const running = new Set<Promise<void>>();
  let isOpen = true;
  const service = {
    config,
    pages: makePages(frameScript, config),
    signals,
    captures,
    log: options.log,
    isOpen: () => isOpen,
    ...(options.bodyTimeoutMs === undefined ? {} : { bodyTimeoutMs: options.bodyTimeoutMs }),
  };
  const limits = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 };
  const server = createServer({ ...limits, keepAliveTimeout: 5_000 }, (request, response) => {
    const one = handle(service, request, response).finally(() => running.delete(one));
    running.add(one);
  });
  server.on('connection', holdReceived);
  // Where it was drained, captures end by themselves.
  server.once('close', () => isOpen && captures.drop());
  server.maxConnections = 1_000;

  async function drain(): Promise<void> {
    isOpen = false;
    const { chargingMs, reportingMs } = options.drain ?? DRAIN;
    const timers = [
      setTimeout(() => charging.abort(), chargingMs),
      setTimeout(() => reporting.abort(), reportingMs),
    ];
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    await Promise.all([...running, captures.stop()]);
    timers.forEach(clearTimeout);
    setTimeout(() => server.closeAllConnections(), 500).unref();
    await closed;
  }
  return { server, drain };
}
