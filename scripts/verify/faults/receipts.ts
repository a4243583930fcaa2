/** What the merchant's receiver got, byte for byte, as the wire saw it. */
import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Point } from './points';
import type { Exchange, Switchboard } from './switchboard';

export type Receipt = {
  type: string;
  paymentLink: string | null;
  hash: string;
  /** Times it was sent, and times the receiver took it with a 2xx. */
  sent: number;
  taken: number;
  /** The same id once came with other bytes. */
  changed: boolean;
  /** Times it came with a signature that the public library does not verify at that moment. */
  unsigned: number;
};

export class Receipts {
  readonly byId = new Map<string, Receipt>();

  private readonly verifier: Webhook;

  /** `secret` is the endpoint's. */
  constructor(switchboard: Switchboard, secret: string) {
    this.verifier = new Webhook(secret);
    switchboard.watch((point, exchange) => this.note(point, exchange));
  }

  private note(point: Point, { body, header, answer }: Exchange): void {
    if (point !== 'webhook.asked' && point !== 'webhook.answered') return;
    const id = header('webhook-id');
    const hash = createHash('sha256').update(body).digest('base64');
    const { type, paymentLink } = JSON.parse(body.toString()) as { type: string; paymentLink: string | null };
    const known = this.byId.get(id) ?? {
      type,
      paymentLink,
      hash,
      sent: 0,
      taken: 0,
      changed: false,
      unsigned: 0,
    };
    this.byId.set(id, known);
    if (known.hash !== hash) known.changed = true;
    if (point === 'webhook.asked') {
      known.sent += 1;
      if (!this.verifies(body, header)) known.unsigned += 1;
    } else if (answer && answer.status >= 200 && answer.status < 300) known.taken += 1;
  }

  private verifies(body: Buffer, header: Exchange['header']): boolean {
    const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
    const headers = Object.fromEntries(names.map((name) => [name, header(name)]));
    try {
      this.verifier.verify(body, headers, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  }
}
