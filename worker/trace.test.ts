import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, expect, test } from 'vitest';
import { isChain, startCollector } from '@/core/testing/collector';
import { traceFrom } from '@/core/trace';
import { startTracing, traceSettings } from '@/core/trace-export';
import { addJob } from '@/db/queries/jobs';
import { newId } from '@/lib/ids';
import { jobGroups } from './jobs';
import { endScenes, newLink, scene, settled, startLane, until } from './testing';

afterEach(endScenes);

test('what an act leaves to be done goes on with its trace: the webhook carries it, and so does a job', async () => {
  const collector = await startCollector();
  const { house, got } = await scene({
    a: (response) => response.end(),
    b: (response) => response.writeHead(500).end(),
  });
  const settings = traceSettings('worker', { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  if (!settings) throw new Error('there are no settings');
  const end = startTracing(settings, new AsyncLocalStorage());
  const { services } = house;
  const attempt = newId('paymentAttempt');
  await traceFrom(null, { name: 'POST', kind: 'server', route: '/api/v1/payment-links' }, async () => {
    await newLink(house);
    await addJob(services.db, 'resolve_attempt', { merchantId: house.merchantId, attempt });
  });
  startLane(house);
  await until(async () => (await settled(house, 'succeeded')()) || got.length > 1);
  const [job] = await house.database.sql`select payload from graphile_worker._private_jobs
    where payload ->> 'attempt' = ${attempt}`;
  const send = () => Promise.reject(new Error('nothing is sent here'));
  const groups = jobGroups(services, { mail: { send }, sms: { send } });
  const tasks = Object.assign({}, ...groups.map((group) => group.tasks));
  await tasks.resolve_attempt(job?.payload, { job: { id: '1', attempts: 1 } });
  await endScenes();
  await end();
  collector.close();
  const spans = collector.spans();
  const made = ['worker POST /api/v1/payment-links', 'worker transaction'];
  expect(isChain(spans, [...made, 'worker webhook delivery'])).toBe(true);
  expect(isChain(spans, [made[0] ?? '', 'worker job'])).toBe(true);
  const sent = spans.filter(({ name }) => name === 'webhook delivery');
  const carried = (path: string) =>
    String(got.find((one) => one.path === path)?.headers.traceparent).split('-');
  for (const [path, hasFailed] of [
    ['/a', false],
    ['/b', true],
  ] as const) {
    const [, traceId, spanId] = carried(path);
    expect(sent.find((span) => span.spanId === spanId)).toMatchObject({ traceId, hasFailed });
  }
});
