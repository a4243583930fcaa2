/** Stands between two parties that speak anything over TCP; between a process and PostgreSQL it also sees commits. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { CommitFinder } from './postgres-wire';

/** A commit: cut before it is sent, or after it was carried out and before its word comes back. */
export type CommitCut = 'before' | 'after';
type Pair = { client: Socket; server: Socket };

export class TcpProxy {
  private server: Server | null = null;
  private readonly pairs = new Set<Pair>();
  private cutNext: { how: CommitCut; what: string; done: () => void } | null = null;
  /** Milliseconds that every chunk waits, each way. */
  latencyMs = 0;

  constructor(
    readonly port: number,
    private readonly targetPort: number,
  ) {}

  open(): Promise<void> {
    if (this.server) return Promise.resolve();
    const server = createServer((client) => this.join(client));
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject).listen(this.port, '127.0.0.1', resolve);
    });
  }

  /** Refuses connections and cuts those there are. */
  async shut(): Promise<void> {
    const server = this.server;
    this.server = null;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    this.cut();
    await closed;
  }

  cut(): void {
    for (const { client, server } of this.pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** Half-open: connections stay, and not a byte passes. */
  freeze(frozen: boolean): void {
    for (const { client, server } of this.pairs) {
      for (const socket of [client, server]) frozen ? socket.pause() : socket.resume();
    }
  }

  /** Loses the connection of the next commit whose transaction names `what`; resolves when that has happened. */
  cutCommit(how: CommitCut, what = ''): Promise<void> {
    return new Promise((done) => {
      this.cutNext = { how, what, done };
    });
  }

  private join(client: Socket): void {
    const server = connect({ host: '127.0.0.1', port: this.targetPort });
    const pair = { client, server };
    this.pairs.add(pair);
    const finder = new CommitFinder();
    let doomed: (() => void) | null = null;
    const end = (): void => {
      this.pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    const pass = (to: Socket, chunk: Buffer): void => {
      if (this.latencyMs > 0) setTimeout(() => to.writable && to.write(chunk), this.latencyMs);
      else if (to.writable) to.write(chunk);
    };
    client.on('data', (chunk: Buffer) => {
      const cut = finder.holdsCommit(chunk, this.cutNext?.what ?? '') ? this.cutNext : null;
      if (cut) this.cutNext = null;
      if (cut?.how === 'before') {
        cut.done();
        return end();
      }
      if (cut) doomed = cut.done;
      pass(server, chunk);
    });
    server.on('data', (chunk: Buffer) => {
      if (!doomed) return pass(client, chunk);
      doomed();
      end();
    });
    for (const socket of [client, server]) socket.setNoDelay(true).on('error', end).on('close', end);
  }
}
