import type { Socket } from 'node:net';
import { wipe } from './card-bytes';

/** More than any request that is accepted: headers and body together. */
const MAX_KEPT_BYTES = 64 * 1024;

const kept = new WeakMap<Socket, Buffer[]>();

/**
 * Keeps hold of what a connection receives, so that it can be wiped. Listening also keeps Node from reading into one
 * buffer of its HTTP parser that lives as long as the process and that nobody could clear.
 */
export function holdReceived(socket: Socket): void {
  const chunks: Buffer[] = [];
  let size = 0;
  kept.set(socket, chunks);
  socket.on('data', (chunk: Buffer) => {
    if (chunks.length === 0) size = 0;
    size += chunk.length;
    if (size > MAX_KEPT_BYTES) wipeReceived(socket);
    chunks.push(chunk);
  });
  socket.once('close', () => wipeReceived(socket));
}

/** Overwrites all that this connection has received and that is still held. */
export function wipeReceived(socket: Socket): void {
  wipe(...(kept.get(socket)?.splice(0) ?? []));
}
