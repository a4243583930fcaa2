import type { Benchmark, Result, Surroundings } from '../benchmark';
import { interleave } from '../rounds';
import { ENDPOINTS, Ground } from './ground';
import { Rivals } from './rivals';
import type { Peer } from './work';

const DELIVERIES = 100_000;

/** Deliveries of a run: as many for each endpoint. */
export const deliveriesOf = ({ scale }: Surroundings): number =>
  Math.ceil((DELIVERIES * scale) / ENDPOINTS) * ENDPOINTS;

async function drain(around: Surroundings): Promise<Result> {
  const ground = await Ground.open(around);
  const rivals = await Rivals.on(ground);
  const count = deliveriesOf(around);
  const timed = async (work: () => Promise<void>): Promise<number> => {
    await ground.ask({ reset: true });
    const begun = performance.now();
    await work();
    return count / ((performance.now() - begun) / 1000);
  };
  const lane = async (): Promise<number> => {
    await ground.startAnew();
    await ground.fill(count);
    return timed(async () => {
      await ground.letGo();
      await ground.received(count);
      await ground.written(count);
    });
  };
  const peer = (kind: Peer) => async (): Promise<number> => {
    await rivals.fill(kind, count);
    const figure = await timed(async () => {
      const child = rivals.start(kind);
      await ground.received(count);
      await rivals.stop(kind, child, true);
    });
    await rivals.empty();
    return figure;
  };
  const contenders = [
    { name: 'ours', run: lane },
    { name: 'graphile-worker', run: peer('graphile') },
    { name: 'hand-written loop', run: peer('loop') },
  ];
  const [ours, ...peers] = await interleave(contenders, around.rounds, around.say);
  if (!ours) throw new Error('nothing was measured');
  return {
    name: 'drain deliveries to 200 endpoints',
    unit: 'deliveries/s',
    moreIsBetter: true,
    ours,
    peers,
    targets: [
      { peer: 'graphile-worker', atLeast: 1.3 },
      { peer: 'hand-written loop', atLeast: 0.75 },
    ],
    bounds: [],
  };
}

export const DRAIN: Benchmark = {
  name: 'drain',
  about:
    'deliveries of 1 kB to 200 endpoints that answer after 5 ms, beside graphile-worker and a hand-written loop',
  run: drain,
};
