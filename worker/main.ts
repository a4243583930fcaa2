import { fileURLToPath } from 'node:url';
import { type Config, configFrom, type Services } from '@/lib/context';
import { openDatabase, openSignal } from '@/lib/database';
import { type WorkerEnv, workerEnv } from '@/lib/env';
import { createLogger, errorText } from '@/lib/log';
import { sandboxSms } from '@/lib/messaging/sandbox-sms';
import { smtpTransport } from '@/lib/messaging/smtp';
import { counted, exposition, mayRead } from '@/lib/metrics';
import { watchParent } from '@/lib/parent';
import { systemLinks } from '@/lib/pay-page';
import { keepFrom } from '@/lib/retention';
import { startTraces } from '@/lib/tracing';
import { startHealthServer } from './health';
import { jobGroups, type LookAtPage } from './jobs';
import { Lane } from './lane';
import { lookWith } from './page';
import { Queue } from './queue';
import { Sealer } from './sealer';

const DRAIN_MS = 23_000;
const SILENT_MS = 5_000;

/** The worker: the webhook lane, the job queue with its cron, and two addresses for health. */
async function main(): Promise<void> {
  const env = workerEnv();
  const log = counted(createLogger('worker', env.LOG_LEVEL));
  const endTraces = startTraces('worker', env, log);
  const database = openDatabase(env);
  const signal = openSignal(env);
  const services: Services = {
    db: database.db,
    config: configFrom(env),
    log,
    wake: signal.notify,
  };
  const mail = smtpTransport(env.SMTP_URL, env.MAIL_FROM);
  const providers = { mail, sms: sandboxSms(env.SMS_PROVIDER_URL, env.SMS_PROVIDER_KEY) };
  const lane = new Lane(services);
  signal.listen(() => lane.wake());
  const queue = new Queue(
    services,
    env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    jobGroups(services, providers, lookFrom(env, services.config), keepFrom(env)),
  );
  const sealer = new Sealer(services);
  const health = await startHealthServer(env.HOST, env.WORKER_HEALTH_PORT, {
    checks: () => ({
      database: lane.silentMs() < SILENT_MS ? 'ok' : 'the database does not answer',
      queue: queue.isRunning() ? 'ok' : 'the job queue is not running',
    }),
    metrics: async (authorization) =>
      mayRead(env.METRICS_TOKEN, authorization) ? exposition(services, { withStanding: true }) : null,
  });
  services.log.info('worker_started', { port: env.WORKER_HEALTH_PORT });

  const stop = once(async () => {
    services.log.info('worker_stopping');
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    health.close();
    await Promise.all([lane.stop(), queue.stop(), sealer.stop()]);
    mail.close();
    await Promise.all([database.close(), signal.close(), endTraces()]);
    services.log.info('worker_stopped');
    process.exit(0);
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (env.CF_WATCH_PARENT) watchParent();
}

/** Looks at the payer's page with what the launcher has set, where somebody has signed it. */
function lookFrom(env: WorkerEnv, config: Config): LookAtPage | null {
  const { PAGE_BASELINE_PUBLIC_KEY, PAGE_BASELINE_PATH, CHROMIUM_PATH, PATH } = env;
  if (!PAGE_BASELINE_PUBLIC_KEY) return null;
  const program = fileURLToPath(new URL('../scripts/verify-page.mjs', import.meta.url));
  const page = { PAGE_BASELINE_PUBLIC_KEY, PAGE_BASELINE_PATH, CHROMIUM_PATH };
  return () => lookWith(program, systemLinks(config), { NODE_ENV: 'production', PATH, ...page });
}

function once(work: () => Promise<void>): () => void {
  let begun = false;
  return () => {
    if (begun) return;
    begun = true;
    void work();
  };
}

main().catch((error) => {
  process.stderr.write(`The worker cannot start. ${errorText(error)}\n`);
  process.exit(1);
});
