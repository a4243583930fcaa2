import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Logger, type Runner, run, type WorkerEvents } from 'graphile-worker';
import type { Services } from '@/lib/context';
import { errorText } from '@/lib/log';
import { freeStuckJobs, RUNNER_NAME, scheduleRegularJobs } from '@/lib/sweep';
import type { JobGroup } from './jobs';

const POLL_MS = 1_000;
const START_AGAIN_MS = 1_000;
const UPKEEP_MS = 15_000;

/**
 * How a job has ended is told in batches of the moment. Told one by one, a connection that is lost then is an error that
 * nobody catches, and ends this process; told so, it ends the runner, which is started again.
 */
const TELL_IN_BATCHES: GraphileConfig.Preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Runs one group of jobs. A runner that the database has lost is started again. */
class Slots {
  /** What it goes by in the queue, and its sessions in the database: so that all see whether its process still lives. */
  readonly name = `${RUNNER_NAME}${randomUUID()}`;
  private runner: Runner | undefined;
  private stopping = false;
  private readonly loop: Promise<void>;

  constructor(
    private readonly services: Services,
    private readonly connectionString: string,
    private readonly group: JobGroup,
  ) {
    this.loop = this.supervise();
  }

  isRunning(): boolean {
    return this.runner !== undefined;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.runner?.stop();
    await this.loop;
  }

  private async supervise(): Promise<void> {
    while (!this.stopping) {
      try {
        const runner = await run({
          connectionString: this.address(),
          events: this.events(),
          taskList: this.group.tasks,
          concurrency: this.group.slots,
          parsedCronItems: [],
          pollInterval: POLL_MS,
          noHandleSignals: true,
          preset: TELL_IN_BATCHES,
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

  private address(): string {
    const url = new URL(this.connectionString);
    url.searchParams.set('application_name', this.name);
    return url.href;
  }

  private events(): WorkerEvents {
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => {
      workerPool.id = this.name;
    });
    return events;
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

/** The job queue of this process: slots for each group of jobs, and a look after the queue itself. */
export class Queue {
  private readonly slots: Slots[];
  private readonly timer: NodeJS.Timeout;
  private readonly tasks: string[];

  constructor(
    private readonly services: Services,
    connectionString: string,
    groups: JobGroup[],
  ) {
    this.slots = groups.map((group) => new Slots(services, connectionString, group));
    this.tasks = groups.flatMap((group) => Object.keys(group.tasks));
    this.timer = setInterval(() => this.upkeep(), UPKEEP_MS);
    void this.upkeep();
  }

  isRunning(): boolean {
    return this.slots.every((one) => one.isRunning());
  }

  /** Takes no more jobs; resolves when those at work have ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.slots.map((one) => one.stop()));
  }

  /** A killed worker's jobs would otherwise wait four hours; what is to be done regularly is put on the queue when due. */
  private async upkeep(): Promise<void> {
    try {
      const names = this.slots.map(({ name }) => name);
      if (await freeStuckJobs(this.services, names)) this.services.log.warn('stuck_jobs_freed');
      await scheduleRegularJobs(this.services, this.tasks);
    } catch (error) {
      this.services.log.warn('queue_unkept', { error: errorText(error) });
    }
  }
}
