/** A telephony provider on loopback that speaks the sandbox's words, holds the truth of its calls, and fails as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '../../ids';
import { newWebhookSecret, webhookHeaders } from '../../webhooks/sign';

export type PhoneAct = 'find' | 'suspend' | 'resume' | 'secure' | 'release';
/**
 * `down`: nothing happens. `lost`: it happens and the answer is lost. `late`: the same, but it happens only when the test says so.
 * `pending`: promised, and done by nobody. `by_event`: done, and confirmed by a notification alone.
 */
export type Trouble = 'down' | 'lost' | 'late' | 'refused' | 'pending' | 'by_event';
export type News = { account: string; headers: Record<string, string>; body: string };

export class PhoneCall {
  readonly id = `call_${newId('event').slice(-26)}`;
  agent: string;
  isOver = false;
  /** Null: this call is not recorded at all. */
  recorded: boolean | null = true;
  /** Where keys go while the call is masked. */
  line: string | null = null;
  /** What goes wrong with acts on this call, until it is taken away. */
  readonly trouble = new Map<PhoneAct | 'all', Trouble>();
  /** Runs before an act is done: tests look at the world there, or break it. */
  before: (act: PhoneAct) => void | Promise<void> = () => {};
  after: (act: PhoneAct) => void | Promise<void> = () => {};
  readonly late: (() => void)[] = [];
  readonly news: string[] = [];

  constructor(
    readonly log: string[],
    agent: string,
  ) {
    this.agent = agent;
  }

  troubleOf = (act: PhoneAct): Trouble | undefined => this.trouble.get(act) ?? this.trouble.get('all');

  view() {
    const [state, endedBy] = this.isOver ? ['ended', 'unknown'] : ['active', null];
    const parties = { agent: this.agent, customerPhone: '+447700900123' };
    return { id: this.id, leg: `leg_${this.id}`, direction: 'inbound', state, endedBy, ...parties };
  }

  /** What happened late happens now. */
  settle(): void {
    for (const effect of this.late.splice(0)) if (!this.isOver) effect();
  }

  do(act: PhoneAct, body: { callback?: string }): void {
    this.log.push(act);
    if (act === 'suspend' && this.recorded !== null) this.recorded = false;
    if (act === 'resume' && this.recorded !== null) this.recorded = true;
    if (act === 'secure') this.line = body.callback ?? null;
    if (act === 'release') this.line = null;
  }

  answer(act: PhoneAct): object {
    if (act === 'find') return this.view();
    if (act === 'secure') return { secured: 'masked' };
    if (act === 'release') return { released: true };
    const done = act === 'suspend' ? 'suspended' : 'resumed';
    return { recordings: this.recorded === null ? 'none' : done };
  }
}

const actOf = (path: string): { id: string; act: PhoneAct } => {
  const [, , id = '', ...rest] = path.split('/');
  return { id, act: (rest.at(-1) ?? 'find') as PhoneAct };
};

async function perform(
  call: PhoneCall,
  act: PhoneAct,
  body: { callback?: string },
): Promise<[number, object]> {
  await call.before(act);
  const trouble = call.troubleOf(act);
  const isRecording = act === 'suspend' || act === 'resume';
  if (trouble === 'down') return [503, {}];
  if (trouble === 'refused') return [409, { code: 'not_now', message: 'Not now.' }];
  if (call.isOver && act !== 'find') return [409, { code: 'call_over', message: 'The call is over.' }];
  if (trouble === 'late') {
    call.late.push(() => call.do(act, body));
    return [503, {}];
  }
  if (trouble === 'pending' && isRecording) return [202, { recordings: 'pending' }];
  call.do(act, body);
  await call.after(act);
  if (trouble === 'lost') return [503, {}];
  if (trouble !== 'by_event' || !isRecording || call.recorded === null) return [200, call.answer(act)];
  call.news.push(act === 'suspend' ? 'recording.suspended' : 'recording.resumed');
  return [202, { recordings: 'pending' }];
}

export async function startPhone() {
  const calls = new Map<string, PhoneCall>();
  const notificationSecret = newWebhookSecret();
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://phone');
    const { id, act } = actOf(pathname);
    const say = (status: number, told: object) => response.writeHead(status).end(JSON.stringify(told));
    if (!id) {
      const mine = [...calls.values()].filter(
        (one) => one.agent === searchParams.get('agent') && !one.isOver,
      );
      if (mine.some((one) => one.troubleOf('find') === 'down')) return say(503, {});
      return say(200, { data: mine.reverse().map((one) => one.view()) });
    }
    const call = calls.get(id);
    if (!call) return say(404, { code: 'not_found', message: 'There is no such call.' });
    const text = Buffer.concat(chunks).toString('utf8');
    return say(...(await perform(call, act, text ? JSON.parse(text) : {})));
  };
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notificationSecret,
    /** A call of an agent's: by itself nobody's but the test's. `log` is told each act that was done, in order. */
    call(log: string[], agent = `line_${newId('event')}`): PhoneCall {
      const call = new PhoneCall(log, agent);
      calls.set(call.id, call);
      return call;
    },
    forget: (call: PhoneCall) => calls.delete(call.id),
    /** A notification as the provider signs it. */
    news(account: string, call: PhoneCall, type: string, more: object = {}): News {
      const id = newId('event');
      const body = JSON.stringify({ id, type, at: '', data: { ...call.view(), ...more } });
      return { account, headers: webhookHeaders(notificationSecret, id, body, new Date()), body };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
export type Phone = Awaited<ReturnType<typeof startPhone>>;
