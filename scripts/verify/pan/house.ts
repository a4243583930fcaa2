import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { idFromUuid, uuidFromId } from '@/core/ids';

type SignIn = { email: string; password: string };
type FirstRun = {
  portalUrl: string;
  cardUrl: string;
  sandboxUrl: string;
  databaseUrl: string;
  admin: SignIn;
  apiKey: string;
};
export type Secrets = { SMS_PROVIDER_KEY: string; MESSAGING_WEBHOOK_SECRET: string };
export type Link = { id: string; url: string };
export type Ask = { method?: string; headers?: Record<string, string>; body?: string };
export type Answer = { status: number; text: string };
type Child = { name: string; pid: number };

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** The running installation that is verified. */
export class House {
  readonly run: FirstRun;
  /** The tokens of the links that were issued here. */
  readonly tokens: string[] = [];

  constructor(
    readonly dataDir: string,
    readonly smtpPort: number,
  ) {
    this.run = readJson(path.join(dataDir, 'first-run.json'));
  }

  secrets = (): Secrets => readJson(path.join(this.dataDir, 'secrets.json'));

  /** Process ids by name, as the launcher keeps them. */
  pidOf(name: string): number {
    const { children } = readJson<{ children: Child[] }>(path.join(this.dataDir, 'counterfoil.lock'));
    const child = children.find((one) => one.name === name);
    if (!child) throw new Error(`there is no process ${name}`);
    return child.pid;
  }

  /** One request, whatever comes of it; status 0 when there was no answer. */
  async ask(url: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
    const init = { method, headers, redirect: 'manual', signal: AbortSignal.timeout(30_000) } as const;
    try {
      const response = await fetch(url, { ...init, ...(body !== undefined && { body }) });
      return { status: response.status, text: await response.text() };
    } catch {
      return { status: 0, text: '' };
    }
  }

  api(method: string, where: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const all = {
      authorization: `Bearer ${this.run.apiKey}`,
      'content-type': 'application/json',
      ...headers,
    };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const ask = { method, headers: all, ...(body !== undefined && { body: text }) };
    return this.ask(`${this.run.portalUrl}/api/v1${where}`, ask);
  }

  async issue(more: Record<string, unknown> = {}): Promise<Link> {
    const answer = await this.api('POST', '/payment-links', { amountMinor: 1240, currency: 'GBP', ...more });
    if (answer.status !== 201) throw new Error(`no link was issued: ${answer.status} ${answer.text}`);
    const link = JSON.parse(answer.text) as Link;
    this.tokens.push(new URL(link.url).pathname.split('/').at(-1) ?? '');
    return link;
  }

  control(method: string, where: string, body?: unknown): Promise<Answer> {
    const sent = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return this.ask(`${this.run.sandboxUrl}/control/${where}`, { method, ...(body !== undefined && sent) });
  }

  /** A ticket for one attempt of this link, as the pay page gets it. */
  async ticket({ url }: Link): Promise<string> {
    const { portalUrl } = this.run;
    const headers = { origin: portalUrl, 'content-type': 'application/json' };
    const answer = await this.ask(`${url}/attempts`, { method: 'POST', headers, body: '{}' });
    if (answer.status !== 201) throw new Error(`no ticket was given: ${answer.status}`);
    return (JSON.parse(answer.text) as { ticket: string }).ticket;
  }

  /** The id of the message that was sent for this link. */
  async messageOf({ id }: Link): Promise<string> {
    const sql = postgres(this.run.databaseUrl, { max: 1 });
    try {
      const link = uuidFromId('paymentLink', id);
      const [row] = await sql<{ id: string }[]>`select id from messages where payment_link_id = ${link}`;
      return idFromUuid('message', row?.id ?? '');
    } finally {
      await sql.end();
    }
  }

  /** Waits until no attempt is open, no webhook on its way and no job left to do. */
  async settled(timeoutMs: number): Promise<void> {
    const sql = postgres(this.run.databaseUrl, { max: 1 });
    try {
      for (const end = performance.now() + timeoutMs; performance.now() < end; await sleep(200)) {
        const [left] = await sql<{ count: number }[]>`select (
          (select count(*) from webhook_deliveries where state in ('pending', 'retrying')) +
          (select count(*) from payment_attempts where state in ('submitted', 'unknown')) +
          (select count(*) from graphile_worker.jobs where run_at < now()))::int as count`;
        if (left?.count === 0) return;
      }
      throw new Error('attempts, deliveries or jobs did not come to an end');
    } finally {
      await sql.end();
    }
  }
}
