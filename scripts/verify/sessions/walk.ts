/** One session, walked through at random: an agent, a caller and everything that breaks between them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SESSION_FIELDS } from '@/core/payment-session';
import type { House } from '../faults/house';
import { Payer } from '../faults/payer';
import type { Random } from '../faults/random';
import { type Call, Desk, Phone } from './desk';

/** Cards as they are keyed, and how often each comes. */
const CARDS = [
  '4242424242424242',
  '4242424242424242',
  '5555555555554444',
  '4000000000000002',
  '4000000000000119',
  '4000000000000341',
] as const;
type LineFault = readonly [operation: string, kind: string];
const TELEPHONY_FAULTS: readonly [LineFault, ...LineFault[]] = [
  ['suspend', 'refuse'],
  ['suspend', 'reset_after'],
  ['resume', 'refuse'],
  ['resume', 'reset_after'],
  ['resume', 'reset_before'],
  ['secure', 'reset_after'],
  ['secure', 'refuse'],
  ['release', 'reset_before'],
  ['release', 'refuse'],
  ['find', 'refuse'],
  ['event', 'lose'],
  ['event', 'duplicate'],
];
const MOST_ACTS = 14;

export type Walked = { session: string | null; link: string | null; call: Call; acts: string[] };

type At = {
  house: House;
  random: Random;
  phone: Phone;
  desk: Desk;
  call: Call;
  session: string;
  acts: string[];
};

/** Walks one session to wherever chance leads. What it did is kept, so that a breach can be read. */
export async function walk(house: House, random: Random, number: number, securing?: string): Promise<Walked> {
  const [phone, desk] = [new Phone(house), new Desk(house)];
  const call = await phone.dial({
    direction: random.pick(['inbound', 'outbound']),
    recorded: random.chance(0.85),
    recordings: 1 + random.int(2),
    securing: securing ?? random.pick(['masked', 'masked', 'secured_leg']),
    recordingConfirms: random.pick(['answer', 'answer', 'answer', 'event']),
  });
  const acts: string[] = [];
  if (random.chance(0.35)) acts.push(await breakLine(house, random, call));
  const isDigital = random.chance(0.15);
  const made = await desk.begin(`walk-${number}-${call.id}`, {
    kind: isDigital ? 'digital' : 'agent_assist',
    amountMinor: 1000 + number,
    currency: 'GBP',
    call: { id: call.id },
    customer: { phone: `+4477009${String(10_000 + number).slice(-5)}` },
  });
  if (!made) return { session: null, link: null, call, acts };
  const session = String(made.id);
  const at: At = { house, random, phone, desk, call, session, acts };
  for (let step = 0; step < MOST_ACTS; step++) {
    await sleep(random.int(500));
    const went = await next(at);
    acts.push(went);
    if (went === 'end') break;
  }
  return { session, link: String(made.paymentLink), call, acts };
}

async function breakLine(house: House, random: Random, { id }: Call): Promise<string> {
  const [operation, kind] = random.pick(TELEPHONY_FAULTS);
  const fault = { target: 'telephony', operation, kind, match: { reference: id }, times: 1 + random.int(3) };
  await house.control('POST', '/faults', fault);
  return `fault ${operation} ${kind}`;
}

/** What the caller would do: key the field that is asked for, mostly rightly. */
async function key({ phone, call, random }: At, field: string): Promise<string> {
  if (random.chance(0.1)) {
    await phone.press(call.id, '12*');
    return 'keyed and emptied';
  }
  if (field === 'card_number') await phone.press(call.id, `${random.pick(CARDS)}#`);
  else if (field === 'expiry') await phone.press(call.id, random.chance(0.1) ? '1330' : '1230');
  else await phone.press(call.id, '123#');
  return `keyed ${field}`;
}

/** One act, chosen by how things stand and by chance. */
async function next(at: At): Promise<string> {
  const { desk, session, random, phone, call } = at;
  const found = (await desk.read(session))?.body;
  if (!found) return 'no answer';
  const { state, activeField } = found;
  if (state === 'succeeded' || state === 'canceled') return 'end';
  const roll = random.next();
  if (roll < 0.05)
    return told('hang up', phone.act(call.id, 'hang-up', { by: random.pick(['customer', 'agent']) }));
  if (roll < 0.07)
    return told('hand over', phone.act(call.id, 'hand-over', { agent: 'other@juniper.example' }));
  if (roll < 0.1) return told('hold', phone.act(call.id, 'hold', { on: random.chance(0.5) }));
  if (roll < 0.13) return told('cancel', desk.act(session, 'cancel'));
  if (roll < 0.17) return told('to link', desk.act(session, 'switch', { kind: 'digital' }));
  if (roll < 0.21) return breakLine(at.house, random, call);
  if (roll < 0.25)
    return told('ask', desk.act(session, 'request-field', { field: random.pick([...SESSION_FIELDS]) }));
  if (state === 'ready') return told('submit', desk.act(session, 'submit'));
  if (activeField) return key(at, String(activeField));
  if (found.kind === 'digital') return random.chance(0.4) ? pay(at, found) : toKeypad(at);
  if (['declined', 'failed', 'timed_out', 'customer_hangup', 'agent_hangup'].includes(String(state)))
    return random.chance(0.5)
      ? told('to link', desk.act(session, 'switch', { kind: 'digital' }))
      : toKeypad(at);
  const wrong = Object.entries(found.fields as Record<string, { state: string }>).find(
    ([, field]) => field.state === 'error',
  );
  return wrong ? told(`ask ${wrong[0]}`, desk.act(session, 'request-field', { field: wrong[0] })) : 'wait';
}

const told = async (what: string, done: Promise<unknown>): Promise<string> => {
  const reply = (await done) as { status?: number } | null | undefined;
  return `${what}${reply?.status ? ` ${reply.status}` : ''}`;
};

const toKeypad = ({ desk, session, call }: At): Promise<string> =>
  told('to keypad', desk.act(session, 'switch', { kind: 'agent_assist', call: { id: call.id } }));

/** The payer pays on the page meanwhile. */
async function pay({ house, desk, random }: At, { paymentLink }: Record<string, unknown>): Promise<string> {
  const link = (await desk.ask('GET', `/payment-links/${paymentLink}`))?.body;
  if (!link?.url) return 'no link';
  const { portal, card } = house.config.urls;
  const debt = { id: String(link.id), url: String(link.url), amountMinor: 0, currency: 'GBP' };
  const payer = new Payer({ portal, card }, debt, debt.id, house.switchboard);
  const ticket = await payer.takeTicket();
  if (!ticket) return `no ticket: ${payer.refusals.at(-1)}`;
  const number = random.pick(['4242424242424242', '4242424242424242', '4000000000000002']);
  await payer.sendCard(ticket, { number, month: '12', year: '2031', code: '123' } as never);
  return `paid by link with ${number.slice(-4)}`;
}
