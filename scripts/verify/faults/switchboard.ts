/** Who is told of every exchange on the wire, and says what becomes of it. Faults are armed here, by payment and moment. */
import { namesIn, type Operation, type Phase, type Point } from './points';

export type Answer = { status: number; headers: string[]; body: Buffer };
export type Exchange = {
  operation: Operation;
  /** The payment it belongs to, where that is known. */
  payment: string | null;
  method: string;
  path: string;
  body: Buffer;
  /** Header of the request, lower case. */
  header: (name: string) => string;
  answer?: Answer;
};

/**
 * What the wire does. Before forwarding: `reset` (nothing is forwarded), `cut` (half is), `hang` (half-open: never
 * answered), `duplicate`, `fail`, `swallow` (never forwarded, and answered as if it were taken). Before handing on: `reset`
 * (the answer is lost), `cut`, `hang`, `slow`, `garble`, `fail`.
 */
export type Act =
  | { act: 'pass' }
  | { act: 'delay'; ms: number }
  | { act: 'reset' }
  | { act: 'cut' }
  | { act: 'hang'; ms: number }
  | { act: 'slow'; ms: number }
  | { act: 'garble' }
  | { act: 'duplicate' }
  | { act: 'fail'; status: number }
  | { act: 'swallow' }
  | { act: 'rewrite'; body: (body: Buffer) => Buffer };
export const PASS: Act = { act: 'pass' };

export type Reaction = (exchange: Exchange) => Act | Promise<Act>;
type Armed = { point: Point; reaction: Reaction; left: number; only: Only };
/** Narrows a fault to some of the exchanges at its moment. */
export type Only = (exchange: Exchange) => boolean;
const ANY: Only = () => true;
/** A webhook or a notice about an event of this type, so that one can be told from the others of its payment. */
export const isEvent =
  (type: string): Only =>
  ({ body }) =>
    body.includes(`"type":"${type}"`);
const ANYBODY = '*';
const EVERY_NOTICE = 50;

export class Switchboard {
  private readonly armed = new Map<string, Armed[]>();
  private readonly keys = new Map<string, string>();
  private readonly watchers: ((point: Point, exchange: Exchange) => void)[] = [];
  /** How often each fault has really happened. */
  readonly happened = new Map<string, number>();

  /** From now on an exchange that names `name` (a token, link or attempt) belongs to this payment. */
  learn(payment: string, ...names: string[]): void {
    for (const name of names) this.keys.set(name, payment);
  }

  paymentOf(path: string, body: Buffer): string | null {
    const names = namesIn(path, body);
    const payment = names.map((name) => this.keys.get(name)).find(Boolean) ?? null;
    if (payment) this.learn(payment, ...names);
    return payment;
  }

  /** What an answer names belongs to the payment that was asked about. */
  nameAfter({ payment }: Exchange, answer: Buffer): void {
    if (payment) this.learn(payment, ...namesIn('', answer));
  }

  /** The next `times` exchanges of a payment (of any, with null) at this moment are met by `reaction`. */
  arm(payment: string | null, point: Point, reaction: Reaction | Act, times = 1, only = ANY): void {
    const react = typeof reaction === 'function' ? reaction : () => reaction;
    const key = payment ?? ANYBODY;
    this.armed.set(key, [...(this.armed.get(key) ?? []), { point, reaction: react, left: times, only }]);
  }

  /** Every notice of the gateway about a payment gets lost: only answers and reads can tell. */
  loseNotices(payment: string): void {
    this.arm(payment, 'inbound.asked', { act: 'swallow' }, EVERY_NOTICE);
  }

  /** Resolves at this moment, without holding it up. */
  next(payment: string, point: Point, only = ANY): Promise<Exchange> {
    return new Promise((resolve) => {
      const reaction = (exchange: Exchange): Act => {
        resolve(exchange);
        return PASS;
      };
      this.arm(payment, point, reaction, 1, only);
    });
  }

  /** Holds the next exchange at this moment until `release`; `reached` resolves when it has come there. */
  hold(
    payment: string,
    point: Point,
    only = ANY,
  ): {
    reached: Promise<Exchange>;
    release: (act?: Act) => void;
  } {
    let release: (act?: Act) => void = () => {};
    const released = new Promise<Act>((resolve) => {
      release = (act = PASS) => resolve(act);
    });
    const reached = new Promise<Exchange>((resolve) => {
      const reaction = (exchange: Exchange): Promise<Act> => {
        resolve(exchange);
        return released;
      };
      this.arm(payment, point, reaction, 1, only);
    });
    return { reached, release };
  }

  watch(watcher: (point: Point, exchange: Exchange) => void): void {
    this.watchers.push(watcher);
  }

  /** What happens at this moment of this exchange. */
  async at(phase: Phase, exchange: Exchange): Promise<Act> {
    const point: Point = `${exchange.operation}.${phase}`;
    for (const watcher of this.watchers) watcher(point, exchange);
    const found = this.take(exchange.payment, point, exchange) ?? this.take(null, point, exchange);
    if (!found) return PASS;
    const act = await found.reaction(exchange);
    if (act.act !== 'pass') this.count(`${act.act} at ${point}`);
    return act;
  }

  private take(payment: string | null, point: Point, exchange: Exchange): Armed | null {
    const key = payment ?? ANYBODY;
    const armed = this.armed.get(key) ?? [];
    const found = armed.find((one) => one.point === point && one.only(exchange));
    if (!found) return null;
    found.left -= 1;
    const rest = armed.filter(({ left }) => left > 0);
    if (rest.length > 0) this.armed.set(key, rest);
    else this.armed.delete(key);
    return found;
  }

  count(what: string): void {
    this.happened.set(what, (this.happened.get(what) ?? 0) + 1);
  }

  /** No fault that has not happened yet happens any more. */
  calm(): void {
    this.armed.clear();
  }
}
