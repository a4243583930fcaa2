import type { Benchmark, Result, Surroundings } from '../benchmark';
import { type Figures, interleave } from '../rounds';
import { deliveriesOf } from './drain';
import { ENDPOINTS, Ground } from './ground';
import { Rivals } from './rivals';

/** Longer than this nobody is watched: a pool that is held up by the dead takes half an hour. */
const MOST_MS = 30_000;

/** What reaches the living, a second, with so many of the 200 endpoints that take a request and never answer. */
async function dead(around: Surroundings): Promise<Result> {
  const ground = await Ground.open(around);
  const rivals = await Rivals.on(ground);
  const count = deliveriesOf(around);
  const watch = async (deadOnes: number, start: () => unknown): Promise<number> => {
    const living = count - (count / ENDPOINTS) * deadOnes;
    await ground.ask({ reset: true, dead: deadOnes });
    const begun = performance.now();
    await start();
    const arrived = await ground.received(living, MOST_MS);
    return arrived / ((performance.now() - begun) / 1000);
  };
  const lane = (deadOnes: number) => async (): Promise<number> => {
    await ground.startAnew();
    await ground.fill(count);
    return watch(deadOnes, () => ground.letGo());
  };
  const naive = async (): Promise<number> => {
    // What the lane has not sent within its time must not count for another.
    await ground.startAnew();
    await rivals.fill('loop', count);
    let child = null as ReturnType<Rivals['start']> | null;
    const figure = await watch(ENDPOINTS / 10, () => {
      child = rivals.start('loop');
    });
    if (child) await rivals.stop('loop', child, false);
    await rivals.empty();
    return figure;
  };
  const contenders = [
    { name: 'ours, 10 % dead', run: lane(ENDPOINTS / 10) },
    { name: 'ours, 1 % dead', run: lane(ENDPOINTS / 100) },
    { name: 'ours, none dead', run: lane(0) },
    { name: 'naive pool, 10 % dead', run: naive },
  ];
  const [ten, one, none, pool] = await interleave(contenders, around.rounds, around.say);
  if (!ten || !one || !none || !pool) throw new Error('nothing was measured');
  const lost = (some: Figures, kept: number) => ({
    what: `with ${some.name.slice(6)}, times slower than without`,
    value: none.median / some.median,
    atMost: 1 / kept,
  });
  return {
    name: 'endpoints that never answer',
    unit: 'deliveries/s to the others',
    moreIsBetter: true,
    ours: ten,
    peers: [none, pool],
    targets: [
      { peer: none.name, atLeast: 0.75 },
      { peer: pool.name, atLeast: 4 },
    ],
    bounds: [lost(one, 0.9)],
  };
}

export const DEAD: Benchmark = {
  name: 'dead',
  about:
    'the same while 1 % and 10 % of the endpoints never answer, beside none dead and a pool that all share',
  run: dead,
};
