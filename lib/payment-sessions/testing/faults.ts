/** What may happen to a session at any point of its way. Whatever is refused there is refused, and nothing else. */
import { pay, submit } from '../../gateways/testing';
import { cancelSession, driveSession, requestField, switchSession } from '..';
import { CARDS, type Trouble } from '.';
import type { Walk } from './walk';

type Fault = (walk: Walk) => unknown;

/** A refusal of a verb is an answer; anything else is a bug. */
const ifMay = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error) => {
    if (!/^[a-z_]+: /.test(String(error.message))) throw error;
  });

const telephone =
  (trouble: Trouble): Fault =>
  ({ call }) =>
    void call.trouble.set('all', trouble);
const news =
  (type: string, more: object = {}): Fault =>
  ({ house, call }) =>
    house.news(call, type, more);
const hangUp =
  (endedBy: string): Fault =>
  (walk) => {
    walk.call.isOver = true;
    return walk.house.news(walk.call, 'call.ended', { endedBy });
  };
const captureEnds =
  (ended: 'timed_out' | 'stopping'): Fault =>
  ({ house, id }) => {
    const capture = house.card.open(id).at(-1);
    return capture && house.card.tell(capture, { ended });
  };
const line =
  (trouble: 'down' | 'lost'): Fault =>
  ({ house, id }) =>
    void house.card.trouble.set(id, trouble);
const passes =
  (seconds: number): Fault =>
  ({ house, id }) =>
    house.pass(id, seconds);
const payer =
  (number: string): Fault =>
  ({ house, link }) =>
    ifMay(pay(house, link, { number }));
const agent =
  (act: (walk: Walk) => Promise<unknown>): Fault =>
  (walk) =>
    act(walk);

export const FAULTS: Record<string, Fault> = {
  'telephony does nothing': telephone('down'),
  'telephony loses its answers': telephone('lost'),
  'telephony does it late': telephone('late'),
  'telephony refuses': telephone('refused'),
  'telephony only promises': telephone('pending'),
  'telephony confirms by notification': telephone('by_event'),
  'somebody turns the recording on': (walk) => {
    walk.isMeddled = true;
    if (walk.call.recorded !== false) return;
    walk.call.recorded = true;
    return walk.house.news(walk.call, 'recording.resumed');
  },
  'the customer hangs up': hangUp('customer'),
  'the agent hangs up': hangUp('agent'),
  'the call goes to another agent': (walk) => {
    walk.call.agent = 'another agent';
    return walk.house.news(walk.call, 'call.handed_over');
  },
  'digits are lost': news('digits.lost'),
  'the card process dies': ({ house, id }) => house.card.die(id),
  'the card process dies and is asked': async ({ house, id }) => {
    house.card.die(id);
    await requestField(house.desk('owner'), id, { field: 'card_number' });
  },
  'the card process stops': captureEnds('stopping'),
  'the capture’s time is over': captureEnds('timed_out'),
  'a field’s time is over': ({ house, id }) => {
    const capture = house.card.open(id).at(-1);
    return capture?.active ? house.card.key(capture, 'timeout') : undefined;
  },
  'the card process does nothing': line('down'),
  'the card process loses its answers': line('lost'),
  'the card process dies once it has sent': (walk) => {
    walk.diesOnceSent = true;
  },
  'cancel is pressed': agent(({ house, id }) => cancelSession(house.desk('owner'), id)),
  'the link is chosen': agent(({ house, id }) => switchSession(house.desk('owner'), id, { kind: 'digital' })),
  'the keypad is chosen': agent(({ house, id }) =>
    switchSession(house.desk('owner'), id, { kind: 'agent_assist' }),
  ),
  'the payer pays by the link': payer(CARDS.approved),
  'the payer is declined on the link': payer(CARDS.declined),
  'the payer’s card is on its way': ({ house, link }) => ifMay(submit(house, link)),
  'the card will be declined': (walk) => {
    walk.number = CARDS.declined;
  },
  'the processor will fail': (walk) => {
    walk.number = CARDS.failed;
  },
  'the charge’s answer will be lost': (walk) => {
    walk.gateway = 'reset_after';
  },
  'the charge will be lost': (walk) => {
    walk.gateway = 'reset_before';
  },
  'the portal dies after what it asks next': (walk) => {
    walk.isMortal = true;
  },
  'several portals go on at once': ({ house, id }) =>
    Promise.all([1, 2, 3].map(() => driveSession(house.portal, id))),
  'the time to secure is over': passes(21),
  'the time to key is over': passes(306),
};
