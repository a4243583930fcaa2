import { type IncomingMessage, Server, type ServerResponse } from 'node:http';

/** Handles a request or passes it on by `go`; true where somebody does. */
export type Pass = (request: IncomingMessage, response: ServerResponse, go: () => boolean) => boolean;

/** From here on each request that a server of this process gets comes by `pass`; by what was put there last first. */
export function interpose(pass: Pass): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
    const go = () => Reflect.apply(emit, this, [event, ...args]) as boolean;
    const [request, response] = args as [IncomingMessage?, ServerResponse?];
    return event === 'request' && request && response ? pass(request, response, go) : go();
  } as typeof emit;
}
