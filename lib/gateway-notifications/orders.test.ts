import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ATTEMPT_TRANSITIONS } from '@/core/payment-attempt';
import { control, type MoneyHouse, moneyHouse, work } from '../gateways/testing';
import { endAsTold, endOf } from './testing/ends';
import { longAgo, type Story, story, Telling } from './testing/stories';

/** The seed is in the test's name. With the path that a failure says, the same story is told in the same order again. */
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);
const PATH = process.env.PROPERTY_PATH;
const RUNS = Number(process.env.PROPERTY_RUNS ?? 60);

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
  house.switches.keep = true;
  await control(house, 'PUT', 'settings', { refundAfterMs: 5 });
});
afterAll(() => house.close());

const runs = (numRuns: number) => ({ numRuns, seed: SEED, ...(PATH !== undefined && { path: PATH }) });
const patience = (numRuns: number): number => 60_000 + numRuns * 1_000;
/** Enough for every news of a story to come, several times over. */
const picks = fc.array(fc.nat(10_000), { minLength: 4, maxLength: 40 });

async function begun(told: Story): Promise<Telling> {
  await longAgo(house);
  return Telling.begin(house, told);
}

/** The jobs that are due run; those that wait for their time do not: nothing may need them. */
async function expectEnd({ link, end }: Telling): Promise<void> {
  await work(house);
  expect(await endOf(house, link)).toEqual(endAsTold(end));
}

test(
  `in whatever order and however often a gateway tells a story, it ends in one state (PROPERTY_SEED=${SEED})`,
  () =>
    fc.assert(
      fc.asyncProperty(story, picks, async (told, order) => {
        const telling = await begun(told);
        await tell(telling, order);
        await expectEnd(telling);
      }),
      runs(RUNS),
    ),
  patience(RUNS),
);

test(
  `told all at once, twice, with answers and reads between, it ends in that state too (PROPERTY_SEED=${SEED})`,
  () =>
    fc.assert(
      fc.asyncProperty(story, fc.nat(50), async (told, turn) => {
        const telling = await begun(told);
        for (const act of telling.acts) await act();
        const all = [...telling.deliveries, ...telling.deliveries];
        await Promise.all(
          [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)].map((one) => one()),
        );
        await expectEnd(telling);
      }),
      runs(Math.ceil(RUNS / 4)),
    ),
  patience(RUNS),
);

const someStory = (told: Partial<Story>): Story => ({
  ...{ card: 'approved', bank: 'accept', hold: null, back: [] },
  ...told,
});
const byProvider = { kind: 'refund', by: 'provider', amountMinor: 500 } as const;

/** Each breaks one rule of the product, and has a story that must then end differently in some order. */
const BROKEN: Record<string, { told: Story; sabotage: () => Promise<() => unknown> }> = {
  'old news moves a hold back': {
    told: someStory({ card: 'challenged', hold: 'stays' }),
    sabotage: async () => {
      const { authorized } = ATTEMPT_TRANSITIONS;
      Object.assign(ATTEMPT_TRANSITIONS, { authorized: [...authorized, 'requires_action'] });
      return () => Object.assign(ATTEMPT_TRANSITIONS, { authorized });
    },
  },
  'a refund of the provider is not known again when it is told twice': {
    told: someStory({ back: [byProvider] }),
    sabotage: async () => {
      await house.database.sql.unsafe(`
        create function forget() returns trigger language plpgsql as 'begin new.gateway_reference = null; return new; end';
        create function anew() returns trigger language plpgsql as
          'begin new.gateway_id = ''old_'' || gen_random_uuid(); return new; end';
        create trigger forget before insert or update on refunds for each row execute function forget();
        create trigger anew before update on gateway_notifications for each row when (new.state = 'applied')
          execute function anew();`);
      return () =>
        house.database.sql.unsafe(
          'drop trigger forget on refunds; drop trigger anew on gateway_notifications',
        );
    },
  },
  'news that comes before its payment is thrown away': {
    told: someStory({ back: [byProvider] }),
    sabotage: async () => {
      await house.database.sql.unsafe(`
        create function lose() returns trigger language plpgsql as 'begin new.state = ''ignored''; return new; end';
        create trigger lose before update on gateway_notifications for each row when (new.state = 'waiting')
          execute function lose();`);
      return () => house.database.sql.unsafe('drop trigger lose on gateway_notifications');
    },
  },
};

test.each(Object.entries(BROKEN))(
  `control: it is seen when %s (PROPERTY_SEED=${SEED})`,
  async (_what, { told, sabotage }) => {
    const restore = await sabotage();
    try {
      const orders = fc.asyncProperty(picks, async (order) => {
        const telling = await begun(told);
        await tell(telling, order);
        await expectEnd(telling);
      });
      const seen = await fc.check(orders, { numRuns: 200, seed: SEED, endOnFailure: true });
      expect(seen.errorInstance).toMatchObject({ name: 'AssertionError' });
    } finally {
      await restore();
    }
  },
  patience(200),
);

/** At each pick something comes next: an act at the gateway, or news, new or again; in the end whatever did not come yet. */
async function tell(telling: Telling, picks: readonly number[]): Promise<void> {
  const { acts, news, delivered } = telling;
  for (const pick of picks) {
    const act = acts[0];
    const ways = telling.deliveries;
    const next = ways[(pick >> 1) % Math.max(ways.length, 1)];
    if (act && (pick % 2 === 0 || !next)) await acts.shift()?.();
    else await next?.();
  }
  while (acts.length > 0) await acts.shift()?.();
  const late = news.filter((message) => !delivered.has(message));
  const from = (picks[0] ?? 0) % Math.max(late.length, 1);
  for (const message of [...late.slice(from), ...late.slice(0, from)].reverse())
    await telling.deliver(message);
}
