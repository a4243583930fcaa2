import { Logger, type Runner, run, type TaskList } from 'graphile-worker';
import type { Services } from '@/lib/context';
import { errorText } from '@/lib/log';
import { freeStuckJobs } from '@/lib/sweep';

const CONCURRENCY = 5;
const POLL_MS = 1_000;
const START_AGAIN_MS = 1_000;
const FREE_STUCK_MS = 15_000;
const CRONTAB = '* * * * * sweep ?max=1';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** The job queue of this process. A runner that the database has lost is started again. */
export class Queue {
  private runner: Runner | undefined;
  private stopping = false;
  private readonly loop: Promise<void>;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly services: Services,
    private readonly connectionString: string,
    private readonly taskList: TaskList,
  ) {
    this.loop = this.supervise();
    this.timer = setInterval(() => this.free(), FREE_STUCK_MS);
  }

  isRunning(): boolean {
    return this.runner !== undefined;
  }

  /** Takes no more jobs; resolves when those at work have ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.runner?.stop();
    await this.loop;
  }

  private async supervise(): Promise<void> {
    while (!this.stopping) {
      try {
        const runner = await run({
          connectionString: this.connectionString,
          taskList: this.taskList,
          crontab: CRONTAB,
          concurrency: CONCURRENCY,
          pollInterval: POLL_MS,
          noHandleSignals: true,
          logger: this.logger(),
        });
        this.runner = runner;
        if (this.stopping) await runner.stop();
        await runner.promise;
      } catch (error) {
        this.services.log.error('queue_stopped', { error: errorText(error) });
      }
      this.runner = undefined;
      if (!this.stopping) await pause(START_AGAIN_MS);
    }
  }

  /** A killed worker's jobs would otherwise wait four hours for the queue's own patience to end. */
  private async free(): Promise<void> {
    try {
      if (await freeStuckJobs(this.services)) this.services.log.warn('stuck_jobs_freed');
    } catch (error) {
      this.services.log.warn('stuck_jobs_unread', { error: errorText(error) });
    }
  }

  /** The queue's own troubles go to our log; failures of jobs are told by the jobs. */
  private logger(): Logger {
    return new Logger((scope) => (level, message) => {
      if (scope.jobId !== undefined) return;
      if (level === 'error') this.services.log.error('queue', { error: message });
      else if (level === 'warning') this.services.log.warn('queue', { error: message });
    });
  }
}
