/** An agent's desk without a browser, and the telephone beside it: what a person would press, in any order. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from '../faults/house';
import { call, type Reply } from '../faults/http';

const PATIENCE_MS = 8_000;
const AGENT = 'agent@juniper.example';

export type Call = { id: string; securing: string };

/** The telephony of the sandbox, by its control. */
export class Phone {
  constructor(private readonly house: House) {}

  async dial(options: object): Promise<Call> {
    const reply = await this.house.control('POST', '/phone/calls', { agent: AGENT, ...options });
    if (reply?.status !== 201) throw new Error(`no call: ${reply?.status}`);
    return { id: String(reply.body.id), securing: String((options as { securing?: string }).securing) };
  }

  /** Keys are pressed one after the other, as a person would; what becomes of them is nobody's to know here. */
  async press(id: string, keys: string): Promise<void> {
    await this.house.control('POST', `/phone/calls/${id}/keys`, { keys, gapMs: 40 });
  }

  async act(id: string, path: string, body: object): Promise<void> {
    await this.house.control('POST', `/phone/calls/${id}/${path}`, body);
  }

  async read(id: string): Promise<Record<string, unknown>> {
    return (await this.house.control('GET', `/phone/calls/${id}`))?.body ?? {};
  }

  async audio(id: string, of: 'agent' | 'recording'): Promise<Buffer> {
    const { ports } = this.house.config;
    const url = `http://127.0.0.1:${ports.sandbox}/control/phone/calls/${id}/audio?of=${of}`;
    return Buffer.from(await (await fetch(url)).arrayBuffer());
  }
}

/** The API as an agent's system uses it: every answer may be lost. */
export class Desk {
  constructor(private readonly house: House) {}

  ask(method: 'GET' | 'POST', path: string, body?: object, patienceMs = PATIENCE_MS): Promise<Reply | null> {
    const { config, firstRun } = this.house;
    const headers = { authorization: `Bearer ${firstRun.apiKey}`, 'content-type': 'application/json' };
    const url = `${config.urls.portal}/api/v1${path}`;
    return call(
      { url, method, headers, ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }) },
      patienceMs,
    );
  }

  /** Begins a session; null while nobody answers. The name makes it the same one however often it is asked. */
  async begin(name: string, input: object): Promise<Record<string, unknown> | null> {
    for (let tries = 0; tries < 20; tries++) {
      const { config, firstRun } = this.house;
      const headers = {
        authorization: `Bearer ${firstRun.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': name,
      };
      const url = `${config.urls.portal}/api/v1/payment-sessions`;
      const reply = await call(
        { url, method: 'POST', headers, body: JSON.stringify({ agent: AGENT, ...input }) },
        PATIENCE_MS,
      );
      if (reply?.status === 201) return reply.body;
      if (reply && reply.status < 500 && reply.body.code !== 'idempotency_in_flight') return null;
      await sleep(500);
    }
    return null;
  }

  read = (id: string): Promise<Reply | null> => this.ask('GET', `/payment-sessions/${id}`);
  act = (id: string, act: string, body: object = {}, patienceMs = PATIENCE_MS): Promise<Reply | null> =>
    this.ask('POST', `/payment-sessions/${id}/${act}`, body, patienceMs);
}
