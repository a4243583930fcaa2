/** What a collector gets of a payment. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Collector, isChain, startCollector } from '@/core/testing/collector';
import { startTracing, traceSettings } from '@/core/trace-export';
import { ATTEMPT, cardBody, PAN, postCard, startWorld, type World } from './testing';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
let world: World;
let collector: Collector;
beforeAll(async () => {
  [world, collector] = await Promise.all([startWorld(), startCollector()]);
});
afterAll(async () => {
  collector.close();
  await world.close();
});

function trace(): () => Promise<void> {
  const settings = traceSettings('card', { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  if (!settings) throw new Error('there are no settings');
  return startTracing(settings, new AsyncLocalStorage());
}

test('a payment is part of the trace that its ticket carries, to the gateway and back, and nothing of the card is in it', async () => {
  const end = trace();
  const tickets = ['b7ad6b7169203331', 'b7ad6b7169203332'].map((spanId, i) =>
    world.ticket({ trace: `00-${TRACE}-${spanId}-01`, attempt: ATTEMPT.replace(/d$/, String(i)) }),
  );
  expect(await postCard(world, cardBody(tickets[0] ?? ''))).toMatchObject({ status: 200 });
  world.gateway.respond = (response) => response.destroy();
  await postCard(world, cardBody(tickets[1] ?? ''));
  await end();
  // Other tests of this worker may leave something that still goes on, in traces of its own.
  const spans = collector.spans().filter(({ traceId }) => traceId === TRACE);
  const calls = ['POST /internal/card/submit', 'POST /payments', 'POST /internal/card/result'];
  for (const called of calls)
    expect(isChain(spans, ['card card payment', `card ${called}`]), called).toBe(true);
  const names = ['card payment', ...calls].toSorted();
  expect(spans.map(({ name }) => name).toSorted()).toEqual(names.flatMap((name) => [name, name]));
  const ways = spans.filter(({ name }) => name === 'POST /payments');
  expect(world.gateway.traces).toEqual(ways.map(({ spanId }) => `00-${TRACE}-${spanId}-01`));
  expect(ways.map(({ hasFailed, attributes }) => [hasFailed, attributes['error.type']])).toEqual([
    [false, undefined],
    [true, 'reset'],
  ]);
  expect(spans.filter(({ name }) => name === 'card payment').map(({ hasFailed }) => hasFailed)).toEqual([
    false,
    true,
  ]);
  for (const secret of [PAN, PAN.slice(0, 6), 'Łovelace', 'gateway-key', ...tickets])
    expect(collector.bodies.join()).not.toContain(secret);
});

test('a ticket whose trace is none is no ticket', async () => {
  const forged = world.ticket({ trace: `00-${TRACE}-b7ad6b7169203331-01; ${PAN}` });
  expect(await postCard(world, cardBody(forged))).toMatchObject({ status: 401 });
});
