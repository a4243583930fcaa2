import { timingSafeEqual } from 'node:crypto';
import type { Gauge } from 'prom-client';
import { readStanding, type Standing } from '@/db/queries/metrics';
import type { Services } from '../context';
import { sha256 } from '../crypto';
import { type Metrics, metrics } from './registry';

const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)));

/** Whether a request may read the metrics: METRICS_TOKEN as a bearer. Without one set, nobody may. */
export const mayRead = (token: string | undefined, authorization: string | null | undefined): boolean =>
  token !== undefined && isSame(authorization ?? '', `Bearer ${token}`);

/** One gauge after another from what stands now: what is no more, is not told any more. */
function put(
  standing: readonly Standing[],
  kind: string,
  gauge: Gauge,
  labels: readonly string[] = [],
): void {
  gauge.reset();
  for (const one of standing.filter((row) => row.kind === kind)) {
    const values = one.name.split(' ');
    gauge.set(Object.fromEntries(labels.map((label, i) => [label, values[i] ?? ''])), one.value);
  }
}

function putAll(to: Metrics, standing: readonly Standing[]): void {
  put(standing, 'attempts', to.attempts, ['state']);
  put(standing, 'unknown', to.unknown);
  put(standing, 'waiting', to.waiting);
  put(standing, 'lag', to.lag);
  put(standing, 'jobs', to.jobs, ['task', 'state']);
  put(standing, 'alerts', to.alerts, ['kind']);
  put(standing, 'unsealed', to.unsealed);
  put(standing, 'pageLook', to.pageLook);
}

/**
 * What this process has counted, as Prometheus reads it. `withStanding`: also what waits and is open in the database, which one
 * process tells for all.
 */
export async function exposition(
  { db }: Pick<Services, 'db'>,
  { withStanding }: { withStanding: boolean },
): Promise<{ type: string; text: string }> {
  const counts = metrics();
  if (withStanding) putAll(counts, await readStanding(db));
  return { type: counts.registry.contentType, text: await counts.registry.metrics() };
}
