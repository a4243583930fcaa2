/** The merchants' receivers, on one server: each with manners of its own, and a memory of all that came. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Webhook as Svix } from 'svix';

/** How a receiver treats a webhook. `torn`: it takes it and hangs up before it answers. */
const MANNERS = ['good', 'good', 'failing', 'torn', 'slow'] as const;
type Manners = (typeof MANNERS)[number];
const SPOILED_EVERY = 20;
const SLOW_MS = 150;

/** What is known of one webhook id. */
export type Heard = {
  times: number;
  /** Times it was answered with 2xx. */
  taken: number;
  hashes: Set<string>;
  unverified: number;
  link: string | null;
  sequence: number | null;
};

export class Receivers {
  readonly heard = new Map<string, Heard>();
  /** Milliseconds from the event's time to its first arrival. */
  readonly delays: number[] = [];
  private readonly verifiers = new Map<string, [Webhook, Svix]>();
  private requests = 0;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receivers> {
    const server = createServer((request, response) => receivers.receive(request, response));
    const receivers = new Receivers(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return receivers;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  know(name: string, secret: string): void {
    this.verifiers.set(`/${name}`, [new Webhook(secret), new Svix(secret)]);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      this.requests += 1;
      const manners = this.mannersOf(request.url ?? '');
      const heard = this.note(request, Buffer.concat(chunks));
      if (manners === 'torn') return void request.socket.destroy();
      if (manners === 'failing') return void response.writeHead(500).end();
      const answer = (): void => {
        heard.taken += 1;
        response.writeHead(204).end();
      };
      if (manners === 'slow') setTimeout(answer, SLOW_MS);
      else answer();
    });
  }

  /** A receiver that spoils webhooks spoils one of so many; one that is slow is so for all. */
  private mannersOf(path: string): Manners {
    const manners = MANNERS[Number(path.slice(2)) % MANNERS.length] ?? 'good';
    const spoils = manners !== 'slow' && this.requests % SPOILED_EVERY !== 0;
    return spoils ? 'good' : manners;
  }

  private note(request: IncomingMessage, body: Buffer): Heard {
    const id = String(request.headers['webhook-id']);
    const told = parsed(body);
    const fresh = { times: 0, taken: 0, hashes: new Set<string>(), unverified: 0 };
    const heard = this.heard.get(id) ?? { ...fresh, link: told.paymentLink, sequence: told.sequence };
    this.heard.set(id, heard);
    if (heard.times === 0 && told.occurredAt) this.delays.push(Date.now() - Date.parse(told.occurredAt));
    heard.times += 1;
    heard.hashes.add(createHash('sha256').update(body).digest('base64'));
    if (!this.verifies(request, body) || told.id !== id) heard.unverified += 1;
    return heard;
  }

  private verifies({ url = '', headers }: IncomingMessage, body: Buffer): boolean {
    const verifiers = this.verifiers.get(url);
    if (!verifiers) return false;
    try {
      for (const one of verifiers) one.verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  }
}

type Told = { id: string; paymentLink: string | null; sequence: number | null; occurredAt: string };
function parsed(body: Buffer): Told {
  try {
    return JSON.parse(body.toString());
  } catch {
    return { id: '', paymentLink: null, sequence: null, occurredAt: '' };
  }
}
