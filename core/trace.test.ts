import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type Collector, startCollector } from './testing/collector';
import { ATTRIBUTES, note, readTraceparent, trace, traceFrom, traceHeaders, traceparent } from './trace';
import { startTracing, type TraceEnv, traceSettings } from './trace-export';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function begin(endpoint: string, more: TraceEnv = {}, onDropped = (_count: number) => {}) {
  const settings = traceSettings('portal', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...more });
  if (!settings) throw new Error('there are no settings');
  const end = startTracing({ ...settings, onDropped }, new AsyncLocalStorage());
  closing.push(end);
  return end;
}

async function collected(respond?: Parameters<typeof startCollector>[0]): Promise<Collector> {
  const collector = await startCollector(respond);
  closing.push(collector.close);
  return collector;
}

const CARRIED = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('without a collector nothing is traced: the work is done as it is, and nothing is carried on', async () => {
  expect(traceSettings('portal', { OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeNull();
  const work = Promise.resolve(1);
  expect(trace({ name: 'job' }, () => work)).toBe(work);
  expect(traceFrom(CARRIED, { name: 'job' }, () => work)).toBe(work);
  expect([traceparent(), traceHeaders()]).toEqual([null, {}]);
});

test('a trace that is carried goes on, its parts lie in one another, and what throws has failed', async () => {
  const collector = await collected();
  const end = begin(`${collector.url}/`, { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x' });
  const work = traceFrom(CARRIED, { name: 'card payment', kind: 'server' }, async () => {
    const [, one] = await Promise.all([
      trace({ name: 'transaction' }, async () => sleep(5)),
      trace({ name: 'job' }, async () => {
        await sleep(1);
        throw new TypeError('of 4242424242424242');
      }).catch(() => traceparent()),
    ]);
    return one;
  });
  const carriedOn = readTraceparent(await work);
  await trace({ name: 'job' }, async () => {});
  await end();
  const named = (name: string) => collector.spans().find((span) => span.name === name);
  const outer = named('card payment');
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  expect(outer).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331', process: 'portal' });
  expect(carriedOn).toMatchObject({ traceId, spanId: outer?.spanId });
  expect(named('transaction')).toMatchObject({ traceId, parentSpanId: outer?.spanId, hasFailed: false });
  expect(named('job')).toMatchObject({ hasFailed: true, attributes: { 'error.type': 'TypeError' } });
  expect(collector.spans()).toHaveLength(3);
});

const SECRETS = [
  '4242424242424242',
  '4242 4242 4242 4242',
  'AVJjb3VudGVyZm9pbC1saW5rLXRva2VuLWlzLWEtc2VjcmV0',
  '/pay/AVJjb3VudGVyZm9pbC1saW5rLXRva2VuLWlzLWEtc2VjcmV0',
  'https://hooks.example.com/in?key=secret',
  'ada@example.com',
  '+447700900123',
  'Ada Lovelace',
  '837465',
  '{"amountMinor":1240}',
];

test('what is no word of ours leaves nothing behind, wherever it is said', async () => {
  const collector = await collected();
  const end = begin(collector.url);
  const subject = 'pay_01kav3v9kmf6vrgh5pj9s3q8zd';
  for (const secret of SECRETS) {
    const all = Object.fromEntries(Object.keys(ATTRIBUTES).map((key) => [key, secret]));
    await traceFrom(secret, { name: secret, route: secret, attributes: all }, async (span) => {
      note({ ...all, [secret]: secret });
      span.fail(secret);
    });
  }
  await traceFrom(null, { name: 'job', attributes: { 'counterfoil.subject': subject } }, async () => {});
  await end();
  expect(collector.spans()).toHaveLength(SECRETS.length + 1);
  expect((await collector.span('job')).attributes).toEqual({ 'counterfoil.subject': subject });
  for (const secret of SECRETS) expect(collector.bodies.join()).not.toContain(secret);
});

test('a part of the traces is kept where that is wished, and a trace is kept whole or not at all', async () => {
  const collector = await collected();
  const end = begin(collector.url, { OTEL_TRACES_SAMPLER_ARG: '0' });
  const carried = await traceFrom(null, { name: 'job' }, () =>
    trace({ name: 'transaction' }, async () => traceparent()),
  );
  await traceFrom(CARRIED, { name: 'card payment' }, async () => {});
  await end();
  expect(carried).toMatch(/-00$/);
  expect(collector.spans().map(({ name }) => name)).toEqual(['card payment']);
});

test('a collector that does not take them costs no more than the spans, which are counted', async () => {
  const told: number[] = [];
  const many = async (count: number) => {
    for (let i = 0; i < count; i++) await traceFrom(null, { name: 'job' }, async () => {});
  };
  const tell = (count: number) => void told.push(count);
  const overHanging = begin((await collected(() => {})).url);
  await many(3);
  const quickly = Promise.race([overHanging().then(() => true), sleep(10_000, false, { ref: false })]);
  const full = await collected();
  const end = begin(full.url, {}, tell);
  await Promise.all(Array.from({ length: 5_000 }, () => traceFrom(null, { name: 'job' }, () => sleep(1))));
  await end();
  expect(full.spans().length + (told[0] ?? 0)).toBe(5_000);
  expect(full.spans().length).toBeLessThanOrEqual(2_048);
  for (const url of [
    'http://127.0.0.1:9',
    (await collected((response) => response.writeHead(503).end())).url,
  ]) {
    const over = begin(url, {}, tell);
    await many(3);
    await over();
    expect(told.at(-1)).toBe(3);
  }
  expect(await quickly).toBe(true);
});

test('an address, a header or a part that is none is refused at the start, and not repeated', () => {
  const of = (env: TraceEnv) => () => traceSettings('card', env);
  for (const OTEL_EXPORTER_OTLP_ENDPOINT of ['secret:4318', 'http://me:secret@collector:4318'])
    expect(of({ OTEL_EXPORTER_OTLP_ENDPOINT })).toThrow(/^OTEL_EXPORTER_OTLP_ENDPOINT must be(?!.*secret)/);
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
  for (const OTEL_EXPORTER_OTLP_HEADERS of ['a=secret%', 'not a name=secret', 'a=secret%0Ab'])
    expect(of({ ...endpoint, OTEL_EXPORTER_OTLP_HEADERS })).toThrow(
      /^OTEL_EXPORTER_OTLP_HEADERS must be(?!.*secret)/,
    );
  expect(of({ ...endpoint, OTEL_TRACES_SAMPLER_ARG: '2' })).toThrow(/^OTEL_TRACES_SAMPLER_ARG must be/);
});
