import type { Channel } from './payment-link';

/** How somebody came to want no more messages. What the person said, staff cannot undo. */
export const OPT_OUT_WAYS = ['sms_stop', 'unsubscribe', 'staff'] as const;
export type OptOutWay = (typeof OPT_OUT_WAYS)[number];

/** Why a message is held back, as staff read it. */
export const OPT_OUT_REASONS: Record<OptOutWay, string> = {
  sms_stop: 'the customer answered STOP',
  unsubscribe: 'the customer unsubscribed',
  staff: 'staff noted that the customer wants none',
};

/** In capitals, without accents and blanks. Source: 47 CFR 64.1200(a)(10), and the same words in other languages. */
const STOP_WORDS: readonly string[] = [
  ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT', 'REVOKE'],
  ...['STOPP', 'ABMELDEN', 'ARRET', 'ARRETER', 'ALTO', 'BAJA', 'PARAR', 'FERMA', 'AFMELDEN', 'توقف', 'עצור'],
];
const START_WORDS: readonly string[] = ['START', 'UNSTOP', 'ANMELDEN'];

/** What an SMS of a customer asks for: a text that is such a word and nothing more. */
export function optOutWord(text: string): 'stop' | 'start' | null {
  const word = text
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
    .toUpperCase();
  if (STOP_WORDS.includes(word)) return 'stop';
  return START_WORDS.includes(word) ? 'start' : null;
}

/** One spelling of an address: mailboxes that differ only in capitals are one person's. */
export const optOutAddress = (channel: Channel, address: string): string =>
  channel === 'email' ? address.toLowerCase() : address;
