/** The database server under test: durable, killed the hard way with all its processes, and started on its port again. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Server, startServer } from '@/db/server';

export type ClusterOptions = { dataDir: string; password: string; databasePassword: string; port: number };
const DATABASE = 'counterfoil';

const pidsOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

const kill = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in this moment.
  }
};

export class Cluster {
  private server: Server | null = null;
  /** True while it is being ended, or may die of what is done to it. */
  mayEnd = false;
  /** It ended, and nobody had ended it. */
  onDeath = (): void => {};

  constructor(private readonly options: ClusterOptions) {}

  /** Starts it, the first time with a new cluster; resolves when it takes connections. */
  async start(): Promise<void> {
    if (this.server) return;
    const { dataDir, password, databasePassword, port } = this.options;
    const server = await startServer({
      dataDir,
      password,
      database: { name: DATABASE, password: databasePassword },
      durable: true,
      port,
    });
    this.server = server;
    this.mayEnd = false;
    server.ended.then(() => {
      if (this.server === server) this.server = null;
      if (!this.mayEnd) this.onDeath();
    });
  }

  /** The address for the product, through `port`, a proxy's, or directly. */
  url(port = this.options.port): string {
    return `postgres://${DATABASE}:${this.options.databasePassword}@127.0.0.1:${port}/${DATABASE}`;
  }

  adminUrl(): string {
    return `postgres://postgres:${this.options.password}@127.0.0.1:${this.options.port}/${DATABASE}`;
  }

  get listensOn(): number {
    return this.options.port;
  }

  /** `kill -9` of the server and every process of it at once, as when a container is killed. */
  async kill(): Promise<void> {
    const { server } = this;
    this.mayEnd = true;
    if (!server) return;
    const children = process.platform === 'linux' ? pidsOf(server.pid) : [];
    for (const pid of [server.pid, ...children]) kill(pid, 'SIGKILL');
    await server.ended;
    this.server = null;
  }

  /** An orderly, fast stop. */
  async stop(): Promise<void> {
    this.mayEnd = true;
    await this.server?.stop();
    this.server = null;
  }

  /** Stops every process of the server in its place, or lets them go on. */
  freeze(frozen: boolean): void {
    if (!this.server || process.platform !== 'linux') return;
    const pids = [this.server.pid, ...pidsOf(this.server.pid)];
    for (const pid of pids) kill(pid, frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  async destroy(): Promise<void> {
    this.freeze(false);
    if (!this.server) await this.start();
    this.mayEnd = true;
    await this.server?.destroy();
  }
}
