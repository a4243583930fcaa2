import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { applyNotification, receiveNotification } from '../gateway-notifications';
import { type Inbound, type MoneyHouse, moneyHouse, paidLink, unwrap } from '../gateways/testing';
import { createRefund, resolveRefund } from '../refunds';
import { gatewayCtx } from '../system';
import {
  endsInTurn,
  GATEWAY_ROUNDS,
  isCaught,
  RACE_TIMEOUT_MS,
  type Race,
  raced,
  racedWith,
} from './testing';
import { chargeAll, forAll, moneyOf, truths } from './testing/gateway';
import { LAYERS } from './testing/layers';

vi.setConfig({ testTimeout: RACE_TIMEOUT_MS });

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterAll(() => house.close());

const COME_MS = 60_000;
const NOTHING: Inbound = { profile: '', headers: {}, body: '' };

/** The gateway's notices that these refunds succeeded, by the refund, once all have come. */
async function noticesOf(on: MoneyHouse, refunds: ReadonlySet<string>): Promise<Map<string, Inbound>> {
  for (const end = performance.now() + COME_MS; ; ) {
    const found = new Map<string, Inbound>();
    for (const one of on.inbound) {
      const { type, data } = JSON.parse(one.body) as { type: string; data: { reference?: string } };
      if (type === 'refund.succeeded' && data.reference && refunds.has(data.reference))
        found.set(data.reference, one);
    }
    if (found.size === refunds.size) return found;
    if (performance.now() > end) throw new Error(`${found.size} of ${refunds.size} notices came`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** The gateway has given 800 back and its answer was lost: the job asks once more, while the gateway tells by itself. */
async function refundAndNotice(on: MoneyHouse): Promise<Race> {
  on.switches.keep = true;
  const { link: pattern } = await paidLink(on);
  unwrap(await createRefund(on.as('owner'), { paymentLink: pattern, amountMinor: 800 }));
  const known = new Map<string, { refund: string; gatewayId: string }>();
  const resolve = async (link: string) => {
    const asked = await resolveRefund(on.as('system'), known.get(link)?.refund ?? '');
    return asked.ok ? String(asked.value) : asked.error.code;
  };
  const apply = async (link: string) => {
    const gatewayId = known.get(link)?.gatewayId ?? '';
    const ctx = gatewayCtx(on.services, on.merchantId, 'req_test');
    const applied = await applyNotification(ctx, {
      merchantId: on.merchantId,
      profileId: on.profile,
      gatewayId,
    });
    return applied.ok ? String(applied.value) : applied.error.code;
  };
  return {
    house: on,
    pattern,
    prepare: async (links) => {
      const money = await moneyOf(on, links);
      const charged = await chargeAll(on, money, true);
      await forAll([...money.values()], async ({ attempt, refund }) => {
        const order = { amountMinor: 800, reference: refund };
        const path = `/gateway/payments/${charged.get(attempt)}/refunds`;
        await on.box.call('POST', path, order, { 'idempotency-key': refund });
      });
      const notices = await noticesOf(on, new Set([...money.values()].map(({ refund }) => refund)));
      await forAll([...money], async ([link, { refund }]) => {
        const notice = notices.get(refund) ?? NOTHING;
        unwrap(await receiveNotification(on.services, 'req_test', notice));
        known.set(link, { refund, gatewayId: notice.headers['webhook-id'] ?? '' });
      });
    },
    outside: (links) => truths(on, links),
    runners: (link) => [[() => resolve(link)], [() => apply(link)]],
  };
}

test(`a refund of ours and the gateway’s notice of it are one refund, whoever tells first, ${GATEWAY_ROUNDS} times`, async () => {
  const race = await refundAndNotice(house);
  const seen = await raced(race, await endsInTurn(race), GATEWAY_ROUNDS);
  expect(seen).toMatchObject({ strange: [], broken: 0 });
});

test.each(LAYERS)('one layer is enough for one refund: %s', async (layer) => {
  expect(await racedWith([layer], refundAndNotice, 30, moneyHouse)).toMatchObject({ broken: 0 });
});

test('control: without any layer the refund is counted twice, and it is seen', async () => {
  expect(await isCaught([], refundAndNotice, ({ broken }) => broken > 0, moneyHouse)).toBe(true);
});
