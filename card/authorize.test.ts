import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ATTEMPT,
  BANK,
  cardBody,
  HANDLE,
  newKeys,
  PAN,
  PARENT,
  paymentFor,
  postCard,
  signedTicket,
  startWorld,
  type World,
} from './testing';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const nothingSent = () => {
  expect(world.gateway.requests).toHaveLength(0);
};

describe('a card goes once from the frame to the gateway', () => {
  test('with the attempt as key and reference, and the portal is told', async () => {
    expect(await postCard(world, cardBody(world.ticket()))).toEqual({
      status: 200,
      body: { state: 'authorized' },
    });
    const [sent] = world.gateway.requests;
    expect(sent).toMatchObject({ key: ATTEMPT, bearer: 'Bearer gateway-key' });
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      reference: ATTEMPT,
      paymentLink: 'plink_01kav3v9kmf6vrgh5pj9s3q8zd',
      account: 'prof_1',
      amountMinor: 1240,
      currency: 'GBP',
      capture: true,
      channel: 'ecommerce',
      challenge: {
        returnUrl: `http://card.example/challenge-done?${new URLSearchParams({ o: PARENT, h: HANDLE })}`,
      },
      card: { number: PAN, expMonth: 12, expYear: 2031, csc: '123', name: 'Ada "Quote" Łovelace' },
    });
    const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 };
    expect(world.portal.submits).toEqual([{ attempt: ATTEMPT, amountMinor: 1240, currency: 'GBP', card }]);
    expect(world.portal.results).toEqual([
      {
        attempt: ATTEMPT,
        amountMinor: 1240,
        currency: 'GBP',
        result: { kind: 'authorized', captured: true, gatewayReference: 'gw_1', card },
      },
    ]);
  });

  test('and the one log line names the attempt and nothing of the card', async () => {
    await postCard(world, cardBody(world.ticket()));
    expect(world.log).toEqual([
      {
        event: 'card.request',
        requestId: expect.any(String),
        method: 'POST',
        route: '/authorize',
        status: 200,
        ms: expect.any(Number),
        attempt: ATTEMPT,
      },
    ]);
  });

  test('a second use of its ticket is refused by the portal and sends nothing more', async () => {
    const body = cardBody(world.ticket());
    await postCard(world, body);
    const again = await postCard(world, body);
    expect(again).toEqual({ status: 409, body: { code: 'attempt_superseded', message: 'Started again.' } });
    expect(world.gateway.requests).toHaveLength(1);
  });

  test('two submissions at once reach the gateway once', async () => {
    const body = cardBody(world.ticket());
    const answers = await Promise.all([postCard(world, body), postCard(world, body), postCard(world, body)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
    expect(world.gateway.requests).toHaveLength(1);
  });
});

describe('a ticket that is not exactly right sends nothing', () => {
  const flip = (text: string, at: number) =>
    `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
  const faults: [string, () => string][] = [
    ['a flipped payload', () => flip(world.ticket(), 20)],
    ['a flipped signature', () => flip(world.ticket(), world.ticket().length - 40)],
    ['signed by another key', () => signedTicket(newKeys().privateKey)],
    ['for a page that is not ours', () => world.ticket({ parent: 'http://evil.example' })],
    ['for another of our pages', () => world.ticket({ parent: 'http://other.example' })],
    ['for a telephone order', () => world.ticket({ channel: 'moto' })],
    ['without signature', () => world.ticket().split('.')[0] ?? ''],
    ['of another version', () => world.ticket({ v: 2 as 1 })],
    ['for nothing', () => world.ticket({ amountMinor: 0 })],
    ['empty', () => ''],
  ];
  test.each(faults)('%s', async (_name, ticket) => {
    const { status, body } = await postCard(world, cardBody(ticket()));
    expect(status).toBe(401);
    expect(body.code).toBe('unauthenticated');
    expect(world.portal.submits).toHaveLength(0);
    nothingSent();
  });
});

describe('a card that breaks a rule never leaves', () => {
  const faults: [string, Parameters<typeof cardBody>[1]][] = [
    ['check digit', { number: '4242424242424241' }],
    ['length', { number: '42424242424242' }],
    ['unknown brand', { number: '9999999999999995' }],
    ['not digits', { number: '4242 4242 4242 4242' }],
    ['short security code', { csc: '12' }],
    ['four digits for Visa', { csc: '1234' }],
    ['no name', { name: '  ' }],
    ['a card number as the name', { name: 'Ada 4242 4242 4242 4242' }],
    ['control byte in the name', { name: 'Ada\u0007' }],
  ];
  test.each(faults)('%s', async (_name, changes) => {
    expect((await postCard(world, cardBody(world.ticket(), changes))).status).toBe(422);
    expect(world.portal.submits).toHaveLength(0);
    nothingSent();
  });

  test('a body that is not six lines is refused', async () => {
    expect((await postCard(world, world.ticket())).status).toBe(400);
    expect((await postCard(world, `${cardBody(world.ticket())}\nmore`)).status).toBe(400);
    nothingSent();
  });
});

describe('without a grant that can be trusted nothing is sent', () => {
  test.each([
    [409, 'being_paid'],
    [410, 'link_expired'],
    [423, 'link_locked'],
    [429, 'too_soon'],
  ])('the portal says %i %s and the frame hears it', async (status, code) => {
    world.portal.onSubmit = () => ({ status, body: { code, message: 'No.' } });
    const answer = await postCard(world, cardBody(world.ticket()));
    expect(answer).toEqual({ status, body: { code, message: 'No.' } });
    expect(world.portal.results).toHaveLength(0);
    nothingSent();
  });

  test('an answer signed by somebody else', async () => {
    world.portal.answerKey = newKeys().privateKey;
    expect(await postCard(world, cardBody(world.ticket()))).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
    });
    expect(world.portal.results).toHaveLength(0);
    nothingSent();
  });

  test.each([null, { status: 500, body: {} }, { status: 200, body: 'no json' }])(
    'no answer: %j',
    async (reply) => {
      world.portal.onSubmit = () => reply;
      expect((await postCard(world, cardBody(world.ticket()))).status).toBe(503);
      nothingSent();
    },
  );

  test.each([
    { amountMinor: 1 },
    { currency: 'EUR' },
    { attempt: 'pay_other' },
    { channel: 'moto' as const },
  ])('a grant for something else (%j) is given back as not sent', async (grant) => {
    world.portal.grant = grant;
    expect((await postCard(world, cardBody(world.ticket()))).body).toEqual({ state: 'failed' });
    expect(world.portal.results.map((call) => call.result)).toEqual([{ kind: 'failed', reason: 'not_sent' }]);
    nothingSent();
  });

  test('a grant whose send window is over is given back as not sent', async () => {
    world.portal.grant = { sendWithinMs: 0 };
    expect((await postCard(world, cardBody(world.ticket()))).body).toEqual({ state: 'failed' });
    expect(world.portal.results[0]?.result).toEqual({ kind: 'failed', reason: 'not_sent' });
    nothingSent();
  });
});

describe('what the browser is told', () => {
  test('a bank check is shown only from a known origin', async () => {
    const act = (url: string) => {
      world.gateway.respond = (response, body) =>
        response.end(JSON.stringify(paymentFor(body, { status: 'requires_action', action: { url } })));
    };
    act(`${BANK}/acs/1`);
    const shown = await postCard(world, cardBody(world.ticket()));
    expect(shown.body).toEqual({ state: 'requires_action', challengeUrl: `${BANK}/acs/1` });
    act('http://evil.example/acs/1');
    const other = world.ticket({ attempt: 'pay_01kav3v9kmf6vrgh5pj9s3q8ze' });
    expect((await postCard(world, cardBody(other))).body).toEqual({ state: 'unknown' });
  });

  test('a result the portal never heard of is unknown, whatever the gateway said', async () => {
    world.portal.onResult = () => ({ status: 409, body: { code: 'conflict', message: 'No.' } });
    expect((await postCard(world, cardBody(world.ticket()))).body).toEqual({ state: 'unknown' });
  });

  test('the result is told again, with the same content, until the portal answers', async () => {
    let calls = 0;
    world.portal.onResult = (call) => {
      calls += 1;
      if (calls === 1) return null;
      return calls === 2
        ? { status: 503, body: {} }
        : { status: 200, body: { attempt: call.attempt, state: 'succeeded' } };
    };
    expect((await postCard(world, cardBody(world.ticket()))).body).toEqual({ state: 'authorized' });
    expect(world.portal.results).toHaveLength(3);
    expect(world.portal.results[2]).toEqual(world.portal.results[0]);
    expect(world.gateway.requests).toHaveLength(1);
  });
});
