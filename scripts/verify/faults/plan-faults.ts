/** The faults that make sense at each moment, from which those of the run at random are drawn. */
import type { Target } from './house';
import type { Point } from './points';
import type { Random } from './random';
import type { Act } from './switchboard';

/** What happens to processes and connections, beyond one exchange. */
export type Strike =
  | { strike: 'kill'; target: Target; downMs: number }
  | { strike: 'freeze'; target: 'portal' | 'card' | 'worker' | 'postgres'; ms: number }
  | { strike: 'deploy'; target: 'portal' | 'card' | 'worker' }
  | { strike: 'cut database'; whose: 'portal' | 'worker' }
  | { strike: 'half-open database'; whose: 'portal' | 'worker'; ms: number }
  | { strike: 'lose commit'; whose: 'portal' | 'worker'; how: 'before' | 'after' }
  | { strike: 'slow database'; ms: number; forMs: number };
export type Planned = { point: Point; act: Act } | { point: Point; strike: Strike };

type Make = (random: Random) => Act;
const shortly = (random: Random): number => 30 + random.int(1_500);

const reset: Make = () => ({ act: 'reset' });
const cut: Make = () => ({ act: 'cut' });
const twice: Make = () => ({ act: 'duplicate' });
const garbled: Make = () => ({ act: 'garble' });
const lost: Make = () => ({ act: 'swallow' });
const later: Make = (random) => ({ act: 'delay', ms: shortly(random) });
const slowly: Make = (random) => ({ act: 'slow', ms: shortly(random) });
const failing: Make = (random) => ({ act: 'fail', status: random.pick([500, 502, 503]) });
const silent: Make = (random) => (random.chance(0.8) ? reset(random) : { act: 'hang', ms: 60_000 });
/** Changed after it was signed: it must be refused, and comes again as it should be. */
const changed: Make = () => ({
  act: 'rewrite',
  body: (body) => Buffer.from(body.toString().replace('"amountMinor":', '"amountMinor":1')),
});

type Faults = Partial<Record<Point, readonly [Make, ...Make[]]>>;

const OF_NOTICES: Faults = {
  'inbound.asked': [reset, cut, later, twice, failing, lost, changed],
  'inbound.answered': [reset, slowly, failing],
};
const OF_WEBHOOKS: Faults = {
  'webhook.asked': [reset, twice, later],
  'webhook.answered': [reset, slowly, failing],
};
const OF_PAYMENTS: Faults = {
  'attempts.asked': [reset, cut, later, twice],
  'attempts.answered': [reset, cut, slowly],
  'authorize.asked': [reset, cut, later, twice],
  'authorize.answered': [reset, later],
  'submit.asked': [reset, later, twice, failing],
  'submit.answered': [reset, garbled, later],
  'gateway.asked': [reset, cut, later, twice, failing],
  'gateway.answered': [reset, cut, garbled, slowly, failing, silent],
  'result.asked': [reset, twice, later, failing],
  'result.answered': [reset, garbled],
  'read.asked': [reset, failing],
  'read.answered': [reset, garbled, later],
  'fence.answered': [reset, garbled],
  'resolve.answered': [reset],
  'challenge.answered': [reset],
  'status.answered': [reset, slowly],
  ...OF_NOTICES,
  ...OF_WEBHOOKS,
};
const OF_REFUNDS: Faults = {
  'refund.asked': [reset, cut, later, twice, failing],
  'refund.answered': [reset, garbled, slowly],
  'giveBack.asked': [reset, cut, later, twice, failing],
  'giveBack.answered': [reset, cut, garbled, slowly, failing, silent],
  'readRefund.asked': [reset, failing],
  'readRefund.answered': [reset, garbled, later],
  ...OF_NOTICES,
  ...OF_WEBHOOKS,
};

export const KILL_POINTS = [
  'attempts.asked',
  'attempts.answered',
  'authorize.asked',
  'submit.asked',
  'submit.answered',
  'gateway.asked',
  'gateway.answered',
  'result.asked',
  'result.answered',
  'authorize.answered',
  'status.answered',
  'inbound.asked',
  'inbound.answered',
  'webhook.asked',
  'webhook.answered',
] as const satisfies readonly Point[];
export const REFUND_KILL_POINTS = [
  'refund.asked',
  'refund.answered',
  'giveBack.asked',
  'giveBack.answered',
  'inbound.asked',
  'inbound.answered',
] as const satisfies readonly Point[];

function drawn(random: Random, faults: Faults): Planned {
  const point = random.pick(Object.keys(faults) as [Point, ...Point[]]);
  return { point, act: random.pick(faults[point] ?? [reset])(random) };
}

/** One fault of a payment's wires, or of a refund's. */
export const paymentFault = (random: Random): Planned => drawn(random, OF_PAYMENTS);
export const refundFault = (random: Random): Planned => drawn(random, OF_REFUNDS);

/** Whether news of the gateway gets lost for good. */
export const losesNews = (one: Planned): boolean => 'act' in one && one.act.act === 'swallow';

export function strikeOf(random: Random): Strike {
  const process = random.pick(['portal', 'card', 'worker'] as const);
  const whose = random.pick(['portal', 'portal', 'worker'] as const);
  switch (random.int(7)) {
    case 0:
      return {
        strike: 'freeze',
        target: random.chance(0.3) ? 'postgres' : process,
        ms: 500 + random.int(4_000),
      };
    case 1:
      return { strike: 'deploy', target: process };
    case 2:
      return { strike: 'cut database', whose };
    case 3:
      return { strike: 'slow database', ms: 5 + random.int(60), forMs: 3_000 };
    case 4:
      return { strike: 'half-open database', whose, ms: 500 + random.int(4_000) };
    default:
      return { strike: 'lose commit', whose, how: random.pick(['before', 'after'] as const) };
  }
}

const TARGET_WEIGHTS: readonly [Target, ...Target[]] = [
  'portal',
  'portal',
  'portal',
  'card',
  'card',
  'card',
  'worker',
  'worker',
  'postgres',
  'postgres',
  'everything',
  'sandbox',
];

export function killOf(random: Random, only: Target | undefined): Strike {
  const target = only ?? random.pick(TARGET_WEIGHTS);
  return { strike: 'kill', target, downMs: random.chance(0.3) ? random.int(3_000) : 0 };
}
