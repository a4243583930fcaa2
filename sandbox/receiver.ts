/** A merchant's webhook receiver: verifies with the public library, shows what came, fails when told to. */
import { Webhook } from 'standardwebhooks';
import { SILENCE_MS, sleep } from './faults';
import { type Call, empty, failure, type Guard, HttpError, type Reply, type Route } from './http';
import { Journal } from './journal';
import { home, html, page, timeText } from './pages';
import type { World } from './world';

export const RECEIVER_MODES = ['ok', 'fail', 'hang', 'slow', 'redirect', 'gone'] as const;
export type ReceiverMode = (typeof RECEIVER_MODES)[number];
/** How a receiver behaves for the next `times` requests (without end when absent); then it is ok again. */
export type Behaviour = { mode: ReceiverMode; status?: number; delayMs?: number; times?: number };

export type Received = {
  at: string;
  headers: Record<string, string>;
  /** The parsed body when it is JSON, else its text. */
  body: unknown;
  verified: boolean;
  /** The status answered; null when it was left hanging. */
  answered: number | null;
};
type ReceiverRecord =
  | { type: 'received'; name: string; entry: Received }
  | { type: 'secret'; name: string; secret: string };

const MAX_KEPT = 100_000;
const BODY_LIMIT = 262_144;
const SLOW_MS = 3_000;
const SHOWN = 50;

export class Receivers {
  #journal: Journal<ReceiverRecord>;
  #received = new Map<string, Received[]>();
  #secrets = new Map<string, string>();
  #behaviours = new Map<string, Behaviour>();

  private constructor(journal: Journal<ReceiverRecord>) {
    this.#journal = journal;
  }

  static async open(path: string): Promise<{ receivers: Receivers; droppedBytes: number }> {
    const { journal, records, droppedBytes } = await Journal.open<ReceiverRecord>(path);
    const receivers = new Receivers(journal);
    for (const record of records) receivers.#apply(record);
    return { receivers, droppedBytes };
  }

  /** Resolves when the entry is on the disk. Each receiver keeps its newest 100,000. */
  add = (name: string, entry: Received): Promise<void> => this.#commit({ type: 'received', name, entry });
  setSecret = (name: string, secret: string): Promise<void> => this.#commit({ type: 'secret', name, secret });
  secret = (name: string): string | null => this.#secrets.get(name) ?? null;
  behave = (name: string, behaviour: Behaviour): void => void this.#behaviours.set(name, behaviour);
  close = (): Promise<void> => this.#journal.close();
  get failure(): Error | null {
    return this.#journal.failure;
  }

  /** Newest first. */
  list = (name: string): Received[] => [...(this.#received.get(name) ?? [])].reverse();
  names = (): string[] => [...this.#received.keys()].sort();

  /** How to treat the request at hand; counts it. */
  take(name: string): Behaviour {
    const behaviour = this.#behaviours.get(name);
    if (!behaviour) return { mode: 'ok' };
    if (behaviour.times !== undefined) {
      if (behaviour.times > 1) this.#behaviours.set(name, { ...behaviour, times: behaviour.times - 1 });
      else this.#behaviours.delete(name);
    }
    return behaviour;
  }

  /** Forgets what came and how to behave. Secrets stay: they belong to the set-up, not to a test run. */
  async clear(): Promise<void> {
    this.#received.clear();
    this.#behaviours.clear();
    await this.#journal.clear();
    for (const [name, secret] of this.#secrets) await this.setSecret(name, secret);
  }

  #commit(record: ReceiverRecord): Promise<void> {
    this.#apply(record);
    return this.#journal.append(record);
  }

  #apply(record: ReceiverRecord): void {
    if (record.type === 'secret') {
      this.#secrets.set(record.name, record.secret);
      return;
    }
    const list = this.#received.get(record.name) ?? [];
    list.push(record.entry);
    if (list.length > MAX_KEPT) list.shift();
    this.#received.set(record.name, list);
  }
}

function isVerified(secret: string | null, body: Buffer, headers: Record<string, string>): boolean {
  if (secret === null) return false;
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

function parsedBody(body: Buffer): unknown {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function receiverName({ params }: Call): string {
  const name = params.name ?? '';
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name))
    throw new HttpError(404, 'not_found', 'A receiver has a name of letters, digits, _ and -.');
  return name;
}

function replyTo(behaviour: Behaviour, name: string, verified: boolean): Reply {
  const { mode, status, delayMs } = behaviour;
  if (mode === 'hang') return { act: 'silence', ms: delayMs ?? SILENCE_MS };
  if (mode === 'fail') return failure(status ?? 500, 'failing', 'Failing on purpose.');
  if (mode === 'gone') return failure(status ?? 410, 'gone', 'Gone on purpose.');
  if (mode === 'redirect') return empty(status ?? 302, { location: `/receiver/${name}-elsewhere` });
  return verified ? empty(status ?? 200) : failure(401, 'unverified', 'The signature does not verify.');
}

/** Stores the request durably, then answers as told. Unverified ones are kept too, and answered 401. */
async function receive(world: World, call: Call): Promise<Reply> {
  const name = receiverName(call);
  const headers = Object.fromEntries(
    Object.entries(call.req.headers).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const secret = world.receivers.secret(name) ?? world.env.receiverSecret;
  const verified = isVerified(secret, call.body, headers);
  const behaviour = world.receivers.take(name);
  const reply = replyTo(behaviour, name, verified);
  const answered = 'act' in reply ? null : reply.status;
  const at = world.now().toISOString();
  await world.receivers.add(name, { at, headers, body: parsedBody(call.body), verified, answered });
  if (behaviour.mode === 'slow') await sleep(behaviour.delayMs ?? SLOW_MS);
  return reply;
}

function receiverPage(world: World, call: Call): Reply {
  const name = receiverName(call);
  const all = world.receivers.list(name);
  const cards = all.slice(0, SHOWN).map((entry) => {
    const id = entry.headers['webhook-id'] ?? 'no webhook-id';
    const tone = entry.verified ? 'good' : 'bad';
    return html`<article class="card"><div class="top"><h2>${id}</h2><span class="tag ${tone}">${entry.verified ? 'verified' : 'not verified'}</span></div>
<p class="dim">${timeText(entry.at)} · ${entry.answered === null ? 'left hanging' : `answered ${entry.answered}`}</p>
<pre class="code">${typeof entry.body === 'string' ? entry.body : JSON.stringify(entry.body, null, 2)}</pre></article>`;
  });
  const body = html`${home}<h1>Receiver ${name}</h1>
<p class="dim">Webhooks sent to ${world.url}/receiver/${name}, newest first, checked with the standardwebhooks package.</p>
<div id="list"><p class="dim">${all.length} received</p>${cards.length > 0 ? cards : html`<p class="card">Nothing yet.</p>`}</div>`;
  return page(`Receiver ${name} · Counterfoil sandbox`, body, { refresh: true });
}

export function receiverRoutes(world: World, local: Guard): Route[] {
  const path = '/receiver/:name';
  return [
    { method: 'POST', path, guards: [local], bodyLimit: BODY_LIMIT, handler: (call) => receive(world, call) },
    { method: 'GET', path, guards: [local], handler: (call) => receiverPage(world, call) },
  ];
}
