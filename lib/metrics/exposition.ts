import { readStanding, type Standing } from '@/db/queries/metrics';
import type { Services } from '../context';
import { sameText } from '../crypto';
import { type Metrics, metrics } from './registry';

/** Whether a request may read the metrics: METRICS_TOKEN as a bearer. Without one set, nobody may. */
export const mayRead = (token: string | undefined, authorization: string | null | undefined): boolean =>
  token !== undefined && sameText(authorization ?? '', `Bearer ${token}`);

/** Each gauge from what stands now: what is no more, is not told any more. */
function put(standing: readonly Standing[], gauges: Metrics['standing']): void {
  for (const [kind, { gauge, labels }] of Object.entries(gauges)) {
    gauge.reset();
    for (const { name, value } of standing.filter((row) => row.kind === kind)) {
      const values = name.split(' ');
      gauge.set(Object.fromEntries(labels.map((label, i) => [label, values[i] ?? ''])), value);
    }
  }
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
  if (withStanding) put(await readStanding(db), counts.standing);
  return { type: counts.registry.contentType, text: await counts.registry.metrics() };
}
