import { Server } from 'node:http';
import { portalEnv } from '@/lib/env';

const WATCH_MS = 500;

/** What the portal does once, before its first request: reads the environment, so that what is missing is said at once. */
export function startPortal(): void {
  if (portalEnv().TRUSTED_PROXY_HOPS === 0) distrustForwarding();
  if (process.env.CF_WATCH_PARENT === '1') watchParent();
}

/** Without a proxy of ours in front, nobody may say where a request comes from: the socket's own address is taken. */
function distrustForwarding(): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (
    this: typeof Server.prototype,
    event: string,
    ...args: unknown[]
  ): boolean {
    const [request] = args as [{ headers?: Record<string, unknown> }?];
    if (event === 'request' && request?.headers) delete request.headers['x-forwarded-for'];
    return Reflect.apply(emit, this, [event, ...args]) as boolean;
  } as typeof emit;
}

/** A portal whose launcher has died ends too: nothing is left behind. */
function watchParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, WATCH_MS).unref();
}
