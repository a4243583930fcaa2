import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LINK_ACTS, type LinkAct } from '@/core/link-acts';
import type { Outcome } from '@/core/outcome';
import { setClock } from '@/db/testing';
import type { Ctx } from '../context';
import { eraseCustomer } from '../erasure';
import { decideLinkRequest, requestNewLink } from '../link-requests';
import { capturePayment, decideAttempt, voidPayment } from '../payment-attempts';
import { createRefund } from '../refunds';
import { type TestHouse, testHouse } from '../testing';
import {
  cancelPaymentLink,
  type LinkHistory,
  readLinkHistory,
  reissuePaymentLink,
  sendPaymentLink,
  unlockPaymentLink,
  updatePaymentLink,
} from '.';
import { DAY, LinkTales, VISA } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

async function history(id: string, ctx: Ctx = house.as('owner')): Promise<LinkHistory> {
  const outcome = await readLinkHistory(ctx, id);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value;
}
const hold = async (id: string) => {
  const ticket = await tales.submitted(id);
  await tales.answer(ticket, { kind: 'authorized', captured: false, gatewayReference: 'gw_1', card: VISA });
};

const SEEN = { decision: 'charged', reason: 'It stands in their dashboard.', gatewayReference: 'gw_1' };

/** Each act as the screen would do it on this link. */
const VERBS: Record<LinkAct, (ctx: Ctx, seen: LinkHistory) => Promise<Outcome<unknown>>> = {
  send: (ctx, { link }) => sendPaymentLink(ctx, link.id, { channel: link.customer.email ? 'email' : 'sms' }),
  change: (ctx, { link }) => updatePaymentLink(ctx, link.id, { description: 'Else' }, link.version),
  reissue: (ctx, { link }) => reissuePaymentLink(ctx, link.id, {}),
  unlock: (ctx, { link }) => unlockPaymentLink(ctx, link.id),
  decide: (ctx, { standing }) =>
    decideLinkRequest(ctx, standing.request?.id ?? 'lreq_none', { decision: 'approve' }),
  cancel: (ctx, { link }) => cancelPaymentLink(ctx, link.id),
  capture: (ctx, { attempts }) => capturePayment(ctx, attempts.at(-1)?.id ?? 'pay_none'),
  void: (ctx, { attempts }) => voidPayment(ctx, attempts.at(-1)?.id ?? 'pay_none'),
  settle: (ctx, { attempts }) => decideAttempt(ctx, attempts.at(-1)?.id ?? 'pay_none', SEEN),
  refund: (ctx, { link, attempts }) =>
    createRefund(ctx, { paymentLink: link.id, paymentAttempt: attempts.at(-1)?.id ?? 'pay_none' }),
  erase: (ctx, { link }) => eraseCustomer(ctx, { paymentLink: link.id, of: 'link' }),
};

/** What a verb says to this link; whatever it did is undone. */
async function answerOf(act: LinkAct, seen: LinkHistory): Promise<string | null> {
  const undo = new Error('undo');
  let code: string | null = null;
  const done = house.services.db.transaction(async (tx) => {
    const outcome = await VERBS[act]({ ...house.as('owner'), tx }, seen);
    code = outcome.ok ? null : outcome.error.code;
    throw undo;
  });
  await expect(done).rejects.toBe(undo);
  return code;
}

const STATES: Record<string, () => Promise<string>> = {
  active: async () => (await tales.issued()).id,
  'without an address': async () => (await tales.issued({ customer: {} })).id,
  'being paid': async () => {
    const { id } = await tales.issued();
    await tales.submitted(id);
    return id;
  },
  held: async () => {
    const { id } = await tales.issued();
    await hold(id);
    return id;
  },
  'unknown for two days': async () => {
    const { id } = await tales.issued();
    await tales.submitted(id);
    await setClock(house.services.db, 2 * DAY);
    return id;
  },
  locked: async () => {
    const { id } = await tales.issued();
    await tales.lock(id);
    return id;
  },
  'partly paid': async () => {
    const { id } = await tales.issued({ amountType: 'partial' });
    await tales.pay(id, 400);
    return id;
  },
  paid: async () => {
    const { id } = await tales.issued();
    await tales.pay(id);
    return id;
  },
  'refunded on the way': async () => {
    const { id } = await tales.issued();
    await tales.pay(id);
    await createRefund(house.as('owner'), { paymentLink: id });
    return id;
  },
  expired: async () => {
    const { id } = await tales.issued({ expiresInSeconds: 60 });
    await setClock(house.services.db, 61);
    return id;
  },
  'expired and asked for anew': async () => {
    await house.services.db.execute(sql`update payment_profiles set new_link_rule = 'approval'`);
    const { id } = await tales.issued({ expiresInSeconds: 60 });
    await setClock(house.services.db, 61);
    await requestNewLink(house.as('payer'), id);
    return id;
  },
  canceled: async () => {
    const { id } = await tales.issued();
    await cancelPaymentLink(house.as('owner'), id);
    return id;
  },
  'canceled while held': async () => {
    const { id } = await tales.issued();
    await hold(id);
    await cancelPaymentLink(house.as('owner'), id);
    return id;
  },
};

/** Refusals that are told to people, where the verb would rather do nothing than refuse; a refund of a hold is its void. */
const DONE: Partial<Record<LinkAct, string[]>> = {
  cancel: ['link_canceled'],
  capture: ['not_authorized'],
  void: ['not_authorized'],
  unlock: ['link_not_locked'],
  refund: ['nothing_to_refund'],
};

test.each(Object.keys(STATES))(
  'what a link that is %s says of each act is what the verb says',
  async (state) => {
    const seen = await history((await STATES[state]?.()) ?? '');
    for (const act of Object.keys(LINK_ACTS) as LinkAct[]) {
      const { refusal } = seen.acts[act];
      const said = await answerOf(act, seen);
      const same = refusal === 'no_address' ? 'invalid' : refusal;
      // A verb about an attempt that is not there can only say that; one whose work is done already says so by doing nothing.
      const missing = seen.attempts.length === 0 && said === 'not_found';
      const done = said === null && DONE[act]?.includes(refusal ?? '');
      expect([act, missing || done ? same : said]).toEqual([act, same]);
    }
  },
);

test('each role is told what it may do, by the permissions of the verbs', async () => {
  const id = (await STATES.paid?.()) ?? '';
  const permitted = async (role: 'owner' | 'admin' | 'agent' | 'viewer') => {
    const { acts } = await history(id, house.as(role));
    return (Object.keys(acts) as LinkAct[]).filter((act) => acts[act].permitted);
  };
  const all = Object.keys(LINK_ACTS);
  expect(await permitted('owner')).toEqual(all);
  expect(await permitted('admin')).toEqual(all);
  expect(await permitted('agent')).toEqual(['send', 'change', 'reissue', 'unlock', 'decide', 'cancel']);
  expect(await permitted('viewer')).toEqual([]);
});

test('the history is not shown to a client without the scopes, nor another merchant’s', async () => {
  const { id } = await tales.issued();
  for (const scopes of [['payment_links:read'], ['refunds:read']] as const)
    expect(await readLinkHistory(house.as('api', [...scopes]), id)).toMatchObject({
      error: { code: 'forbidden' },
    });
  expect(await readLinkHistory(house.stranger, id)).toMatchObject({ error: { code: 'not_found' } });
});

test('a history tells what is still asked for, what may be given back, and how late the end may be', async () => {
  const { id } = await tales.issued({ amountType: 'partial', minAmountMinor: 300, expiresInSeconds: 600 });
  await tales.pay(id, 400);
  const { standing, attempts, link } = await history(id);
  expect(standing).toMatchObject({
    askedMinor: 840,
    next: { minMinor: 300, maxMinor: 840 },
    heldMinor: 0,
    reissues: 0,
    late: false,
    request: null,
  });
  expect(attempts).toMatchObject([{ capturedMinor: 400, leftMinor: 400, refundingMinor: 0 }]);
  const most = Date.parse(standing.latestEnd) - Date.parse(link.createdAt);
  expect(Math.abs(most - 72 * 3_600_000)).toBeLessThan(2000);
});
