import { Server } from 'node:http';
import { portalEnv } from '@/lib/env';
import { withoutCards } from '@/lib/log';
import { measureRequests } from '@/lib/metrics';
import { watchParent } from '@/lib/parent';

/** What the portal does once, before its first request: reads the environment, so that what is missing is said at once. */
export function startPortal(): void {
  if (portalEnv().TRUSTED_PROXY_HOPS === 0) distrustForwarding();
  if (portalEnv().CF_WATCH_PARENT) watchParent();
  if (portalEnv().METRICS_TOKEN) measureRequests();
  for (const stream of [process.stdout, process.stderr]) keepCardsOut(stream);
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
