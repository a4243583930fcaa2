import { AsyncLocalStorage } from 'node:async_hooks';
import { startTracing, traceSettings } from '@/core/trace-export';
import type { CommonEnv } from '../env';
import type { Logger } from '../log';

export { traceRequests } from './http';

/** Traces this process from here on, where its environment says so. What is given back sends what is left. */
export function startTraces(process: string, env: CommonEnv, log: Logger): () => Promise<void> {
  const settings = traceSettings(process, env);
  if (!settings) return async () => {};
  const onDropped = (count: number) => log.warn('traces_dropped', { count });
  return startTracing({ ...settings, onDropped }, new AsyncLocalStorage());
}
