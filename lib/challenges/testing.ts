import { sendMessage } from '../messages';
import type { Mail, Sms } from '../messaging/port';
import { type LinkHistory, readLinkHistory } from '../payment-links';
import type { TestHouse } from '../testing';
import { type Answered, answerChallenge, type PasscodeSent, sendPasscode } from './index';

export const POSTCODE = { challenge: { kind: 'postcode', postcode: 'SW1A 1AA' } };
export const PASSCODE = { challenge: { kind: 'passcode' } };

/** The six digits in a message, and six others. */
export const codeIn = (message: Sms | Mail | undefined): string =>
  /\b\d{6}\b/.exec(message?.text ?? '')?.[0] ?? '';
export const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** What payers do about a question, and what comes of it, at one house. */
export class Questions {
  constructor(readonly house: () => TestHouse) {}

  answer = async (link: string, text: string): Promise<Answered> => {
    const answered = await answerChallenge(this.house().as('payer'), link, text);
    if (!answered.ok) throw new Error(answered.error.code);
    return answered.value;
  };

  ask = async (link: string): Promise<PasscodeSent> => {
    const sent = await sendPasscode(this.house().as('payer'), link);
    if (!sent.ok) throw new Error(sent.error.code);
    return sent.value;
  };

  historyOf = async (link: string): Promise<LinkHistory> => {
    const found = await readLinkHistory(this.house().as('admin'), link);
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };

  /** Sends what is queued for a link; what its customer got. */
  delivered = async (link: string): Promise<(Sms | Mail)[]> => {
    const sent: (Sms | Mail)[] = [];
    const send = async (one: Sms | Mail) => {
      sent.push(one);
      return { kind: 'accepted', id: 'x' } as const;
    };
    const providers = { sms: { send }, mail: { send } };
    for (const { id, state } of (await this.historyOf(link)).messages)
      if (state === 'queued') await sendMessage(this.house().as('system'), id, providers, false);
    return sent;
  };
}
