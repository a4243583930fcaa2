import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { requestNewLink } from '../link-requests';
import { expireLinks, warnOfEnds } from '../sweep';
import { type TestHouse, testHouse } from '../testing';
import { cancelPaymentLink, reissuePaymentLink, updatePaymentLink } from './index';
import { DAY, LinkTales } from './testing';
import { warnPaymentLinks } from './warn';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const HOUR = 3600;
const clock = (seconds: number) => setClock(house.services.db, seconds);
const sweep = async () => {
  await expireLinks(house.services, 'req_test', 5_000);
  await warnOfEnds(house.services, 'req_test', 5_000);
};
const warningsOf = async (id: string) =>
  (await tales.typesOf(id)).filter((type) => type === 'payment_link.expiring_soon').length;

describe('warnings before the end', () => {
  test('are told once at 24 hours and once at 1 hour, however often the sweep runs and how many run at once', async () => {
    const link = await tales.issued();
    for (const [at, told] of [
      [0, 0],
      [2 * DAY - 60, 0],
      [2 * DAY + 5, 1],
      [2 * DAY + 600, 1],
      [3 * DAY - 3595, 2],
      [3 * DAY - 60, 2],
    ] as const) {
      await clock(at);
      await Promise.all([sweep(), sweep()]);
      expect([at, await warningsOf(link.id)]).toEqual([at, told]);
    }
    const { version } = await tales.read(link.id);
    expect(version).toBe(1);
  });

  test('after a downtime only the nearest is told', async () => {
    const link = await tales.issued();
    await clock(3 * DAY - 600);
    await sweep();
    await sweep();
    expect(await warningsOf(link.id)).toBe(1);
  });

  test('a reissue begins anew, and a short life is not warned of at its beginning', async () => {
    const [long, short] = [await tales.issued(), await tales.issued({ expiresInSeconds: 7200 })];
    await clock(5);
    await sweep();
    expect(await warningsOf(short.id)).toBe(0);
    await clock(3605);
    await sweep();
    expect(await warningsOf(short.id)).toBe(1);
    await clock(2 * DAY + 10);
    await sweep();
    await reissuePaymentLink(house.as('agent'), long.id, {});
    await sweep();
    expect(await warningsOf(long.id)).toBe(1);
    await clock(4 * DAY + 20);
    await sweep();
    expect(await warningsOf(long.id)).toBe(2);
  });

  test('paid, canceled and expired links are not warned of; one that is paid in part is', async () => {
    const [paid, canceled, partly, over] = [
      await tales.issued(),
      await tales.issued(),
      await tales.issued({ amountType: 'partial' }),
      await tales.issued(),
    ];
    await tales.pay(paid.id);
    await cancelPaymentLink(house.as('owner'), canceled.id);
    await tales.pay(partly.id, 500);
    await clock(3 * DAY - 60);
    await house.services.db.execute(sql`update payment_links set expires_at = cf_now() where paid_at is null
      and access = 'active' and captured_minor = 0`);
    await sweep();
    expect(await Promise.all([paid, canceled, partly, over].map(({ id }) => warningsOf(id)))).toEqual([
      0, 0, 1, 0,
    ]);
  });

  test('a backlog is told in batches', async () => {
    for (let i = 0; i < 5; i++) await tales.issued();
    await clock(2 * DAY + 60);
    expect(await warnPaymentLinks(house.services, 'req_test', 3)).toBe(3);
    expect(await warnPaymentLinks(house.services, 'req_test', 3)).toBe(2);
    expect(await warnPaymentLinks(house.services, 'req_test', 3)).toBe(0);
  });
});

describe('when an end is moved', () => {
  /** `at` so many seconds after the issue the end is moved to `to`, or so many warnings have been told in all. */
  type Step = { at: number; to: number } | { at: number; told: number };
  const moves: [string, number, Step[]][] = [
    [
      'a link that was issued for less than a day and is extended is warned of at 24 hours and at 1 hour',
      2 * HOUR,
      [
        { at: 5, told: 0 },
        { at: 10, to: 3 * DAY },
        { at: 2 * DAY - 60, told: 0 },
        { at: 2 * DAY + 5, told: 1 },
        { at: 3 * DAY - HOUR + 5, told: 2 },
        { at: 3 * DAY - 60, told: 2 },
      ],
    ],
    [
      'what was told of an earlier end is told of the new one as well',
      2 * DAY,
      [
        { at: DAY + 60, told: 1 },
        { at: DAY + 120, to: 3 * DAY },
        { at: 2 * DAY - 60, told: 1 },
        { at: 2 * DAY + 5, told: 2 },
        { at: 3 * DAY - HOUR + 5, told: 3 },
      ],
    ],
    [
      'what is still due by the new end is not told again',
      2 * HOUR,
      [
        { at: 1.5 * HOUR, told: 1 },
        { at: 1.5 * HOUR + 5, to: 2 * HOUR + 600 },
        { at: 1.5 * HOUR + 10, told: 1 },
        { at: 2 * HOUR + 500, told: 1 },
      ],
    ],
    [
      'an end that comes nearer is told, once, by the nearest warning',
      3 * DAY,
      [
        { at: 5, told: 0 },
        { at: 10, to: 1800 },
        { at: 15, told: 1 },
        { at: 1700, told: 1 },
      ],
    ],
  ];

  test.each(moves)('%s', async (_what, expiresInSeconds, steps) => {
    const link = await tales.issued({ expiresInSeconds });
    const issuedAt = Date.parse(link.expiresAt) - expiresInSeconds * 1000;
    for (const step of steps) {
      await clock(step.at + (issuedAt - Date.now()) / 1000);
      if ('to' in step) {
        const { version } = await tales.read(link.id);
        const expiresAt = new Date(issuedAt + step.to * 1000).toISOString();
        const moved = await updatePaymentLink(house.as('agent'), link.id, { expiresAt }, version);
        expect(moved).toMatchObject({ value: { expiresAt } });
      } else {
        await sweep();
        expect([step.at, await warningsOf(link.id)]).toEqual([step.at, step.told]);
      }
    }
  });

  test('another change of the link tells nothing again', async () => {
    const link = await tales.issued({ expiresInSeconds: 2 * DAY });
    await clock(DAY + 60);
    await sweep();
    const { version, expiresAt } = await tales.read(link.id);
    await updatePaymentLink(house.as('agent'), link.id, { description: 'Order 8', expiresAt }, version);
    await sweep();
    expect(await warningsOf(link.id)).toBe(1);
  });

  test('a link that its customer asked for anew is warned of like any new one, however short the first was', async () => {
    const link = await tales.issued({ expiresInSeconds: 60 });
    await clock(61);
    await sweep();
    expect(await requestNewLink(house.as('payer'), link.id)).toEqual({ ok: true, value: 'sent' });
    for (const [at, told] of [
      [70, 0],
      [2 * DAY + 70, 1],
      [3 * DAY - HOUR + 70, 2],
    ] as const) {
      await clock(at);
      await sweep();
      expect([at, await warningsOf(link.id)]).toEqual([at, told]);
    }
  });
});
