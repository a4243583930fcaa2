/** The merchant's back end: issues and takes back links, refunds, and asks how things stand, as a careful client does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { REFUND_TRANSITIONS, type RefundState } from '@/core/refund';
import { isFinal } from '@/core/transitions';
import { call, type Reply } from './http';
import type { Link } from './payer';
import type { Switchboard } from './switchboard';

export type Wish = { amountMinor: number; currency: string; expiresInSeconds?: number };
/** A refund as the merchant asked for it: without an amount, all that is left. */
export type RefundWish = { paymentLink: string; amountMinor?: number };
/** What the merchant knows of a refund: its id, or the code with which it was refused, and each state it was told. */
export type RefundAsked = {
  link: string;
  id: string | null;
  refusal: string;
  amountMinor: number;
  told: RefundState[];
};

const TRIES = 90;
const AGAIN_MS = 1_000;
const LOOK_MS = 1_000;
/** Refusals that say: not now. */
const NOT_YET = [429, 503];

/** What to ask again: nobody answered, or nothing that can be read, a failure of theirs, or the same key is still at work. */
const isOpen = (reply: Reply | null): boolean =>
  !reply ||
  Object.keys(reply.body).length === 0 ||
  reply.status >= 500 ||
  NOT_YET.includes(reply.status) ||
  reply.body.code === 'idempotency_in_flight';

export class Merchant {
  /** Every refund that was asked for and answered. */
  readonly refunds: RefundAsked[] = [];

  constructor(
    private readonly portal: string,
    private readonly apiKey: string,
    private readonly switchboard: Switchboard,
  ) {}

  private api(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Reply | null> {
    const headers = {
      authorization: `Bearer ${this.apiKey}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(key && { 'idempotency-key': key }),
    };
    const sent = body && JSON.stringify(body);
    return call(
      { url: `${this.portal}/api/v1${path}`, method, headers, ...(sent && { body: sent }) },
      15_000,
    );
  }

  /** Posts under an idempotency key until there is an answer: asked again, it is done once. */
  private async postOnce(path: string, body: object, key: string): Promise<Reply> {
    for (let tries = 0; tries < TRIES; tries++) {
      const reply = await this.api('POST', path, body, key);
      if (reply && !isOpen(reply)) return reply;
      await sleep(AGAIN_MS);
    }
    throw new Error(`POST ${path} found no answer in ${TRIES} tries`);
  }

  /** Issues one link under the payment's own idempotency key. */
  async issue(payment: string, wish: Wish): Promise<Link> {
    const body = { description: 'Two walking sticks', reference: payment, ...wish };
    const reply = await this.postOnce('/payment-links', body, payment);
    if (reply.status !== 201)
      throw new Error(`no link could be issued: ${reply.status} ${JSON.stringify(reply.body)}`);
    const link = { ...wish, id: String(reply.body.id), url: String(reply.body.url) };
    this.switchboard.learn(payment, link.id, link.url.split('/').at(-1) ?? '');
    return link;
  }

  /** Takes the link back; the status and code of the answer. */
  async cancel(link: Link): Promise<{ status: number; code: string } | null> {
    const reply = await this.api('POST', `/payment-links/${link.id}/cancel`);
    return reply && { status: reply.status, code: String(reply.body.code ?? '') };
  }

  /** Gives the link another address: that, or the code of the refusal. */
  async reissue(payment: string, link: Link): Promise<{ url: string; refusal: string }> {
    const reply = await this.api('POST', `/payment-links/${link.id}/reissue`, {});
    if (reply?.status !== 200) return { url: '', refusal: String(reply?.body.code ?? 'no answer') };
    const url = String(reply.body.url);
    this.switchboard.learn(payment, url.split('/').at(-1) ?? '');
    return { url, refusal: '' };
  }

  /** Asks for a refund under a key of its own until that is answered, well or not. */
  async refund(key: string, wish: RefundWish): Promise<RefundAsked> {
    const { status, body } = await this.postOnce('/refunds', wish, key);
    const isBegun = status === 201;
    const asked: RefundAsked = {
      link: wish.paymentLink,
      id: isBegun ? String(body.id) : null,
      refusal: isBegun ? '' : String(body.code),
      amountMinor: isBegun ? Number(body.amountMinor) : (wish.amountMinor ?? 0),
      told: isBegun ? [body.state as RefundState] : [],
    };
    this.refunds.push(asked);
    return asked;
  }

  /** Asks what has become of a refund until that is known, or the patience is over; its last state. */
  async untilDecided(asked: RefundAsked, patienceMs: number): Promise<RefundState> {
    const end = performance.now() + patienceMs;
    for (;;) {
      const reply = await this.api('GET', `/refunds/${asked.id}`);
      const state = reply?.status === 200 ? (reply.body.state as RefundState) : null;
      if (state) asked.told.push(state);
      if (state && isFinal(REFUND_TRANSITIONS, state)) return state;
      if (performance.now() > end) return asked.told.at(-1) ?? 'pending';
      await sleep(LOOK_MS);
    }
  }
}
