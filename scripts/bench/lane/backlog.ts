import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Result, Surroundings } from '../benchmark';
import { type Figures, interleave, median } from '../rounds';
import { ENDPOINTS, Ground } from './ground';
import { A_SECOND, committing, watchDelays } from './latency';

const WAITING = 1_000_000;
/** The part of them that one endpoint owns. */
const OWNED = 0.9;
const SECONDS = 10;

/** How long the others wait while one endpoint has nine tenths of a million deliveries waiting. */
async function backlog(around: Surroundings): Promise<Result> {
  const ground = await Ground.open(around);
  const events = Math.ceil(A_SECOND * SECONDS * around.scale);
  const others = (n: number): number => 1 + (n % (ENDPOINTS - 1));
  const measure = (waiting: number) => async (): Promise<number> => {
    await ground.startAnew();
    if (waiting > 0) {
      // What the others have waiting was tried already and is due later: theirs is not a backlog, but it is in the way.
      await ground.insert(Math.ceil((waiting * (1 - OWNED)) / ENDPOINTS), '/e%');
      await ground.putOff();
      await ground.insert(Math.ceil(waiting * OWNED), '/e0');
    }
    await ground.sql`vacuum analyze webhook_deliveries, events`;
    await sleep(2_000);
    return median(await watchDelays(ground, events, committing(ground), others));
  };
  const contenders = [
    { name: 'beside a backlog', run: measure(Math.ceil(WAITING * around.scale)) },
    { name: 'empty queue', run: measure(0) },
  ];
  const [ours, ...peers] = (await interleave(contenders, around.rounds, around.say)) as [Figures, Figures];
  return {
    name: 'commit to arrival beside an endpoint with 900,000 of a million waiting, median',
    unit: 'ms',
    moreIsBetter: false,
    ours,
    peers,
    targets: [{ peer: 'empty queue', atLeast: 0.5 }],
    bounds: [],
  };
}

export const BACKLOG: Benchmark = {
  name: 'backlog',
  about:
    'milliseconds that others wait while one endpoint has 900,000 of a million deliveries waiting, beside an empty queue',
  run: backlog,
};
