/** Cards that are keyed on a telephone: all that an agent's desk is told, and all that anybody could hear. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SESSION_FIELDS } from '@/core/payment-session';
import { dtmfKeysIn } from '@/sandbox/phone/dtmf';
import type { Cards } from './cards';
import type { Checks } from './checks';
import type { House } from './house';

/** What was told to an agent's desk and by the telephone, to be searched: where, and the text of it. */
export type Heard = { where: string; text: string };
type Json = Record<string, unknown>;

/** A desk inside another system's page, and all that it is sent. */
class Desk {
  readonly heard: Heard[] = [];

  private constructor(
    private readonly house: House,
    private readonly bearer: string,
  ) {}

  static async open(house: House): Promise<Desk> {
    const launched = await house.api('POST', '/agent-launches', { agent: 'agent@juniper.example' });
    const launch = String((JSON.parse(launched.text) as Json).url).split('#launch=')[1];
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ launch });
    const given = await house.ask(`${house.run.portalUrl}/api/agent/token`, {
      method: 'POST',
      headers,
      body,
    });
    return new Desk(house, String((JSON.parse(given.text) as Json).accessToken));
  }

  async ask(method: string, where: string, body?: object): Promise<Json> {
    const headers = { authorization: `Bearer ${this.bearer}`, 'content-type': 'application/json' };
    const url = `${this.house.run.portalUrl}/api/agent/${where}`;
    const answer = await this.house.ask(url, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    this.heard.push({ where, text: answer.text });
    return { status: answer.status, ...(JSON.parse(answer.text || '{}') as Json) };
  }

  /** Listens as the screen does until it is told to stop; every byte of it is kept. */
  listen(session: string): () => Promise<void> {
    const ended = new AbortController();
    const where = `sessions/${session}/live`;
    const kept = { where, text: '' };
    this.heard.push(kept);
    const work = async () => {
      const headers = { authorization: `Bearer ${this.bearer}` };
      const url = `${this.house.run.portalUrl}/api/agent/${where}`;
      const response = await fetch(url, { headers, signal: ended.signal });
      const decoder = new TextDecoder();
      for await (const part of response.body ?? []) kept.text += decoder.decode(part, { stream: true });
    };
    const done = work().catch(() => {});
    return () => {
      ended.abort();
      return done;
    };
  }
}

type Walk = {
  name: string;
  securing?: string;
  /** What is keyed, with the canary in place of `N`; several fields with blanks between. */
  keys: string[];
  submit?: boolean;
  end: string[];
  hangUp?: boolean;
};

const WALKS: Walk[] = [
  { name: 'paid', keys: ['N#', '1230', '123#'], submit: true, end: ['succeeded'] },
  {
    name: 'paid on a secured leg',
    securing: 'secured_leg',
    keys: ['N#', '1230', '123#'],
    submit: true,
    end: ['succeeded'],
  },
  { name: 'emptied and keyed again', keys: ['N*N#', '1230', '123#'], submit: true, end: ['succeeded'] },
  { name: 'number keyed, caller hangs up', keys: ['N#', '12'], hangUp: true, end: ['customer_hangup'] },
  { name: 'number keyed into every field', keys: ['N#', 'N#', 'N#'], end: ['capturing', 'ready'] },
  { name: 'all keyed, then canceled', keys: ['N#', '1230', '123#'], end: ['ready'] },
];

async function until(desk: Desk, id: string, isSo: (session: Json) => boolean): Promise<Json> {
  let session: Json = {};
  for (let tries = 0; tries < 60; tries++) {
    session = ((await desk.ask('GET', `sessions/${id}`)).session ?? {}) as Json;
    if (isSo(session)) break;
    await sleep(200);
  }
  return session;
}

async function walk(
  house: House,
  desk: Desk,
  checks: Checks,
  { number }: { number: string },
  one: Walk,
): Promise<string> {
  const dialed = await house.control('POST', 'phone/calls', {
    securing: one.securing ?? 'masked',
    recordings: 2,
  });
  const call = String((JSON.parse(dialed.text) as Json).id);
  const made = await desk.ask('POST', 'sessions', {
    kind: 'agent_assist',
    amountMinor: 1240,
    currency: 'GBP',
    call: { id: call },
  });
  const { id } = (made.session ?? {}) as { id: string };
  const stop = desk.listen(id);
  for (const [at, keys] of one.keys.entries()) {
    await until(desk, id, ({ activeField }) => activeField === SESSION_FIELDS[at]);
    // As long as a person takes to find the next key: the card process hears of the field meanwhile.
    await sleep(300);
    await house.control('POST', `phone/calls/${call}/keys`, {
      keys: keys.replaceAll('N', number),
      gapMs: 40,
    });
  }
  if (one.hangUp) await house.control('POST', `phone/calls/${call}/hang-up`, { by: 'customer' });
  if (one.submit) {
    await until(desk, id, ({ state }) => state === 'ready');
    await desk.ask('POST', `sessions/${id}/submit`, {});
  }
  const session = await until(desk, id, ({ state }) => one.end.includes(String(state)));
  checks.expect(
    `keypad, ${one.name}: it ends as it should`,
    one.end.includes(String(session.state)),
    String(session.state),
  );
  await desk.ask('POST', `sessions/${id}/cancel`, {});
  const restored = await until(desk, id, ({ recording }) => recording === 'resumed');
  checks.expect(
    `keypad, ${one.name}: the recording is on again`,
    restored.recording === 'resumed',
    String(restored.recording),
  );
  await stop();
  return call;
}

async function keysHeard(house: House, call: string, of: string): Promise<string> {
  const url = `${house.run.sandboxUrl}/control/phone/calls/${call}/audio?of=${of}`;
  return dtmfKeysIn(Buffer.from(await (await fetch(url)).arrayBuffer()));
}

/** Every way in which a card is keyed, one after the other: there is one agent. Gives what desk and telephone told. */
export async function keypadFlows(house: House, cards: Cards, checks: Checks): Promise<Heard[]> {
  const desk = await Desk.open(house);
  for (const one of WALKS) {
    const call = await walk(house, desk, checks, cards.take(`keypad, ${one.name}`, 'form'), one);
    for (const of of ['agent', 'recording']) {
      const keys = await keysHeard(house, call, of);
      checks.expect(`keypad, ${one.name}: ${of} hears no key`, keys === '', `${keys.length} keys`);
    }
    for (const where of [`phone/calls/${call}`, `phone/calls/${call}/record`, `phone/calls/${call}/log`])
      desk.heard.push({ where, text: (await house.control('GET', where)).text });
  }
  const broken = cards.take('keypad, tones are not masked', 'form');
  const off = {
    ...WALKS[0],
    name: 'tones are not masked',
    securing: 'off',
    keys: ['N#'],
    end: ['capturing'],
    submit: false,
  };
  const call = await walk(house, desk, checks, broken, off as Walk);
  const heard = await keysHeard(house, call, 'agent');
  checks.expect(
    'keypad: tones that are not masked are found',
    heard.includes(broken.number),
    `${heard.length} keys`,
  );
  return desk.heard;
}
