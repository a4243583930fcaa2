/** The portal and a telephone at one capture of a card server, for this folder's tests. */
import { createHmac, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KeypadAct, type KeypadReport, keypadAnswerInput, keypadSigningInput } from '@/core/keypad';
import type { FieldFacts, SessionField } from '@/core/payment-session';
import { type Answered, ask, type World } from '../testing';

export const SECRET = 'the secret of this capture';
export const CAPTURE = 'pcap_01kav3v9kmf6vrgh5pj9s3q8zd';
export const SESSION = 'psess_01kav3v9kmf6vrgh5pj9s3q8zd';

type Maybe<T> = T | null | undefined | false;
/** Waits for what must come soon. */
export async function until<T>(what: () => Maybe<T> | Promise<Maybe<T>>, label = 'it'): Promise<T> {
  for (let i = 0; i < 1_000; i++) {
    const found = await what();
    if (found) return found;
    await sleep(5);
  }
  throw new Error(`${label} never came`);
}

export class Line {
  order = 0;
  keyOrder = 0;
  constructor(
    readonly world: World,
    readonly capture = CAPTURE,
  ) {}

  get path(): string {
    return `/keypad/captures/${this.capture}`;
  }

  /** A call as it stands on the wire. */
  signed(act: KeypadAct, content: object, key = this.world.keys.portal) {
    const body = JSON.stringify(content);
    const [timestamp, nonce] = ['1700000000', randomBytes(16).toString('base64url')];
    const text = keypadSigningInput(act, timestamp, nonce, body);
    const headers = {
      'content-type': 'application/json',
      'counterfoil-timestamp': timestamp,
      'counterfoil-nonce': nonce,
      'counterfoil-signature': sign(null, Buffer.from(text), key).toString('base64url'),
    };
    return { body, nonce, headers };
  }

  send(
    act: KeypadAct,
    content: object,
    {
      key = this.world.keys.portal,
      signedAs = act,
      path = act === 'open' ? '/keypad/open' : `${this.path}/${act}`,
    }: { key?: KeyObject; signedAs?: KeypadAct; path?: string } = {},
  ): Promise<Answered & { nonce: string }> {
    const { body, nonce, headers } = this.signed(signedAs, content, key);
    return ask(this.world.card, path, { method: 'POST', headers, body }).then((answer) => ({
      ...answer,
      nonce,
    }));
  }

  /** One call as the portal makes it, its answer's signature checked: the status, and the code of a refusal. */
  async call(act: KeypadAct, more: object = {}): Promise<{ status: number; code?: string }> {
    this.order += 1;
    const answer = await this.send(act, { capture: this.capture, order: this.order, ...more });
    const { status, body, nonce, headers } = answer;
    const signed = Buffer.from(keypadAnswerInput(nonce, status, body));
    const signature = Buffer.from(String(headers['counterfoil-signature']), 'base64url');
    if (!verify(null, signed, this.world.keys.card, signature)) throw new Error('the answer is not signed');
    const { code } = JSON.parse(body) as { code?: string };
    return { status, ...(code ? { code } : {}) };
  }

  open(secret = SECRET) {
    return this.call('open', { session: SESSION, source: { kind: 'sandbox', secret } });
  }
  ask = (field: SessionField) => this.call('field', { field });
  submit = (ticket = this.world.ticket({ channel: 'moto' })) => this.call('submit', { ticket });
  close = () => this.call('close');

  /** One key of the caller's, signed with the secret of the capture. */
  key(key: string, { order = ++this.keyOrder, secret = SECRET } = {}): Promise<Answered> {
    const body = JSON.stringify({ call: 'call_1', order, key });
    const mac = createHmac('sha256', secret).update(body).digest('hex');
    const headers = { 'x-phone-signature': `sha256=${mac}` };
    return ask(this.world.card, `${this.path}/digits`, { method: 'POST', headers, body });
  }
  async keys(keys: string): Promise<void> {
    for (const key of keys) {
      const { status } = await this.key(key);
      if (status !== 200) throw new Error(`a key was answered with ${status}`);
    }
  }
  async field(field: SessionField, keys: string): Promise<FieldFacts> {
    await this.ask(field);
    await this.keys(keys);
    return this.told(field, (facts) => facts.state === 'captured' || facts.state === 'error');
  }
  async wholeCard(number = '4242424242424242#'): Promise<void> {
    await this.field('card_number', number);
    await this.field('expiry', '1231');
    await this.field('security_code', '123');
  }

  get reports(): KeypadReport[] {
    return this.world.portal.reports.filter(({ capture }) => capture === this.capture);
  }
  get newest(): KeypadReport | undefined {
    return this.reports.at(-1);
  }
  /** The facts of a field, once the newest report says of them what is waited for. */
  told(field: SessionField, isIt: (facts: FieldFacts) => boolean): Promise<FieldFacts> {
    return until(() => {
      const facts = this.newest?.fields[field];
      return facts && isIt(facts) && facts;
    }, `the state of ${field}`);
  }
}
