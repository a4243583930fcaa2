/** One process of the product under test: started, killed, frozen, ended in order, and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLog } from '@/scripts/launcher/logs';
import type { ProcessName } from '@/scripts/launcher/processes';

export type PartSpec = {
  name: ProcessName;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Where its /healthz is, not through a proxy. */
  address: string;
};
/** What must happen when nobody listens any more, and when somebody does again. */
type Around = {
  root: string;
  dataDir: string;
  fronts: Fronts;
  /** It ended, and nobody had ended it. */
  onDeath: (part: Part, how: string) => void;
};
export type Fronts = { shut: () => Promise<void>; open: () => Promise<void> };

const READY_MS = 60_000;
const STOP_MS = 40_000;

export class Part {
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private readonly log: (chunk: Buffer | string) => void;
  /** Arguments to Node before the part's own, for example a module that shifts its clock. */
  extraArgs: string[] = [];
  /** True while it is being ended, or may die of what is done to it. */
  mayEnd = false;

  constructor(
    readonly spec: PartSpec,
    private readonly around: Around,
  ) {
    this.log = openLog(around.dataDir, spec.name);
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.child !== null;
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    if (this.child) return;
    const child = spawn(process.execPath, [...this.extraArgs, ...this.spec.args], {
      cwd: this.around.root,
      env: this.spec.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.child = child;
    this.mayEnd = false;
    child.stdout.on('data', this.log);
    child.stderr.on('data', this.log);
    this.ended = new Promise((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', (code, signal) => {
        if (this.child === child) this.child = null;
        resolve();
        if (!this.mayEnd) this.around.onDeath(this, String(signal ?? code));
      });
    });
    await this.untilHealthy(child);
    await this.around.fronts.open();
  }

  private async untilHealthy(child: ChildProcess): Promise<void> {
    const deadline = performance.now() + READY_MS;
    for (;;) {
      const answer = await fetch(`${this.spec.address}/healthz`, {
        signal: AbortSignal.timeout(2_000),
      }).catch(() => null);
      if (answer?.ok) return;
      if (this.child !== child || performance.now() > deadline)
        throw new Error(`the ${this.spec.name} process does not start; its log is in ${this.around.dataDir}`);
      await sleep(40);
    }
  }

  /** `kill -9`. Whoever was connected learns of it as from a machine that lives on: refused, reset. */
  async kill(): Promise<void> {
    this.mayEnd = true;
    this.signal('SIGKILL');
    await Promise.all([this.ended, this.around.fronts.shut()]);
  }

  /** SIGTERM, as a deploy does; killed only if it does not end. Gives the milliseconds it took. */
  async end(): Promise<number> {
    const since = performance.now();
    this.mayEnd = true;
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), STOP_MS);
    await this.ended;
    clearTimeout(timer);
    await this.around.fronts.shut();
    return performance.now() - since;
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  freeze(): void {
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  /** To the process and whatever it started. */
  private signal(name: NodeJS.Signals): void {
    if (!this.child?.pid) return;
    try {
      process.kill(-this.child.pid, name);
    } catch {
      // It ended in this moment.
    }
  }
}
