import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from './identity';
import type { Child } from './lock';
import { logPath, openLog } from './logs';
import type { ProcessSpec } from './processes';

const BACK_OFF_SECONDS = [1, 2, 5, 10, 30];
const STEADY_MS = 60_000;

type Surroundings = { root: string; dataDir: string; say: (line: string) => void; changed: () => void };

/** One process of the product: started, started again when it dies, and stopped. In its own group, so signals are ours. */
export class ManagedProcess {
  readonly spec: ProcessSpec;
  /** Ends in a row that nobody asked for. */
  failures = 0;
  private readonly around: Surroundings;
  private readonly log: (chunk: Buffer | string) => void;
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private stopping = false;
  private restarting = false;

  constructor(spec: ProcessSpec, around: Surroundings) {
    this.spec = spec;
    this.around = around;
    this.log = openLog(around.dataDir, spec.name);
  }

  /** What the lock remembers of it, or null while it does not run. */
  get running(): Child | null {
    const pid = this.child?.pid;
    return pid ? { name: this.spec.name, pid, identity: identityOf(pid) } : null;
  }

  start(): void {
    if (this.stopping || this.child) return;
    const child = spawn(process.execPath, this.spec.args, {
      cwd: this.around.root,
      env: this.spec.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.child = child;
    child.stdout.on('data', this.log);
    child.stderr.on('data', this.log);
    const since = performance.now();
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => this.log(`${error.message}\n`));
      child.once('close', (code, signal) => {
        this.child = null;
        this.killGroup(child.pid);
        resolve();
        this.afterEnd(code ?? signal ?? 'unknown', performance.now() - since);
      });
    });
    this.around.changed();
  }

  /** Ends it now and starts it anew at once, as after a rebuild. */
  restart(): void {
    this.restarting = true;
    if (this.child) this.child.kill('SIGTERM');
    else this.start();
  }

  /** SIGTERM, then after the time SIGKILL to it and whatever it started. */
  async stop(timeoutMs: number): Promise<void> {
    this.stopping = true;
    const child = this.child;
    if (!child) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => this.kill(), timeoutMs);
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.stopping = true;
    this.killGroup(this.child?.pid);
  }

  private killGroup(pid: number | undefined): void {
    if (!pid) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // The group is empty: nothing was left.
    }
  }

  private async afterEnd(reason: number | string, livedMs: number): Promise<void> {
    if (this.stopping) return;
    if (this.restarting) {
      this.restarting = false;
      return this.start();
    }
    this.failures = livedMs > STEADY_MS ? 1 : this.failures + 1;
    const delay = BACK_OFF_SECONDS[Math.min(this.failures, BACK_OFF_SECONDS.length) - 1] ?? 1;
    const { name } = this.spec;
    const log = logPath(this.around.dataDir, name);
    this.around.say(
      `The ${name} process ended (${reason}) and starts again in ${delay} s; its log is ${log}`,
    );
    await sleep(delay * 1000);
    this.start();
  }
}
