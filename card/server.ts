import { AsyncLocalStorage } from 'node:async_hooks';
import { startTracing, traceSettings } from '@/core/trace-export';
import { readConfig, refusalToStart } from './env';
import { readFrameScript } from './frame/script';
import { createCardServer } from './http-server';
import { logToStdout } from './log';

/** The card process: the one place card numbers pass through. Its whole environment is in env.ts. */
function main(): void {
  const refusal = refusalToStart(process.env, process.execArgv);
  if (refusal) throw new Error(refusal);
  const config = readConfig(process.env);
  const traces = traceSettings('card', process.env);
  const endTraces = traces ? startTracing(traces, new AsyncLocalStorage()) : null;
  const { server, drain } = createCardServer(
    config,
    readFrameScript(config.frameScriptPath, import.meta.url),
    {
      log: logToStdout,
    },
  );

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    logToStdout({ event: 'card.stopping' });
    setTimeout(() => process.exit(0), 23_000).unref();
    void drain().then(async () => {
      await endTraces?.();
      logToStdout({ event: 'card.stopped' });
      process.exit(0);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The signal would open the inspector, through which every number could be read.
  process.on('SIGUSR1', () => {});
  if (config.watchParent) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && process.exit(0), 500).unref();
  }
  server.once('error', () => {
    process.stderr.write(`The card process cannot listen on ${config.host}:${config.port}.\n`);
    process.exit(1);
  });
  server.listen(config.port, config.host, () => logToStdout({ event: 'card.started' }));
}

/** An error's message may quote what was being handled, so only the fact is written. */
const crash = () => {
  logToStdout({ event: 'card.crashed' });
  process.exit(1);
};

try {
  main();
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The card process cannot start.'}\n`);
  process.exit(1);
}
