/** Entry of the sandbox process. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { startTracing, traceSettings } from '@/core/trace-export';
import { readEnv } from './env';
import { consoleLog, messageOf } from './log';
import { startSandbox } from './server';

const STOP_LIMIT_MS = 20_000;
const ORPHAN_LIMIT_MS = 1_000;

async function main(): Promise<void> {
  const env = readEnv(process.env);
  const traces = traceSettings('sandbox', process.env);
  const endTraces = traces ? startTracing(traces, new AsyncLocalStorage()) : async () => {};
  const sandbox = await startSandbox(env, consoleLog);
  consoleLog('listening', { url: sandbox.url, smtpPort: sandbox.smtpPort });
  let stopping = false;
  const stop = (reason: string, limitMs: number): void => {
    if (stopping) return;
    stopping = true;
    consoleLog('stopping', { reason });
    setTimeout(() => process.exit(0), limitMs).unref();
    Promise.all([sandbox.stop(), endTraces()]).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM', STOP_LIMIT_MS));
  process.on('SIGINT', () => stop('SIGINT', STOP_LIMIT_MS));
  if (!env.watchParent) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop('parent gone', ORPHAN_LIMIT_MS);
  }, 500).unref();
}

main().catch((error: unknown) => {
  consoleLog('start_failed', { reason: messageOf(error) });
  process.exit(1);
});
