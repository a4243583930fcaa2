import type { FormField, FormTick } from '@/core/form-progress';
import type { InApp } from '@/core/in-app';
import { asDeclineCode } from '@/core/payment-attempt';
import type { Channel } from '@/core/payment-link';
import type { AgentDesk } from '@/lib/payment-sessions';
import { cardText, DECLINES } from './cards';

export type StepState = 'done' | 'now' | 'todo' | 'bad' | 'skipped';
export type Step = { name: string; state: StepState; text: string };

/** The way of a link from its sending to the money, as far as the customer is. */
export function linkSteps(desk: AgentDesk): Step[] {
  const steps = [sent(desk), delivered(desk), opened(desk), card(desk), bank(desk), paid(desk)];
  const last = steps.findLastIndex(({ state }) => state === 'done' || state === 'now');
  // What comes later proves what was not told: nobody opens a link that has not arrived.
  return steps.map((step, at) => (at < last && step.state === 'todo' ? { ...step, state: 'skipped' } : step));
}

const request = ({ history }: AgentDesk) =>
  history.messages.filter(({ template }) => template === 'payment_request').at(-1);

const NOT_ARRIVED = ['undelivered', 'bounced', 'suppressed'];
/** The kind of address that none is on file of, where the link did not reach the one that is. */
export function otherChannel(desk: AgentDesk): Channel | null {
  const { phone, email } = desk.history.link.customer;
  const failed = NOT_ARRIVED.includes(request(desk)?.state ?? '');
  return failed && !email ? 'email' : failed && !phone ? 'sms' : null;
}

function sent(desk: AgentDesk): Step {
  const message = request(desk);
  if (!message) return { name: 'Sent', state: 'todo', text: 'Not sent: copy the link, or send it' };
  const by = message.channel === 'sms' ? 'SMS' : 'e-mail';
  if (message.state === 'suppressed')
    return { name: 'Sent', state: 'bad', text: `Held back: ${message.reason ?? 'the address is blocked'}` };
  return message.state === 'queued'
    ? { name: 'Sent', state: 'now', text: `On its way by ${by} to ${message.to}` }
    : { name: 'Sent', state: 'done', text: `By ${by} to ${message.to}` };
}

function delivered(desk: AgentDesk): Step {
  const message = request(desk);
  const name = 'Delivered';
  switch (message?.state) {
    case 'delivered':
      return { name, state: 'done', text: 'Arrived' };
    case 'undelivered':
    case 'bounced':
      return {
        name,
        state: 'bad',
        text: `Did not arrive${message.reason ? `: ${message.reason}` : ''}`,
      };
    case 'sent':
      return { name, state: 'now', text: 'Not told yet' };
    default:
      return { name, state: 'todo', text: '' };
  }
}

function opened({ history }: AgentDesk): Step {
  return history.link.openedAt
    ? { name: 'Opened', state: 'done', text: 'By a person' }
    : { name: 'Opened', state: 'todo', text: 'Not opened by a person yet' };
}

const isSent = ({ session }: AgentDesk): boolean =>
  session.state === 'submitting' || session.state === 'succeeded';
/** The customer's own newest try: what was keyed before belongs to the other rail. */
const newest = ({ history }: AgentDesk) =>
  history.attempts.findLast(({ channel }) => channel === 'ecommerce');

function card(desk: AgentDesk): Step {
  const name = 'Card';
  if (isSent(desk)) return { name, state: 'done', text: cardText(newest(desk)?.card ?? null) };
  const declined = newest(desk)?.state === 'declined' ? newest(desk) : undefined;
  if (declined)
    return {
      name,
      state: 'bad',
      text: `Declined: ${DECLINES[asDeclineCode(declined.declineCode)].why}. They can try again`,
    };
  const { progress } = desk.session;
  if (!progress) return { name, state: 'todo', text: '' };
  return { name, state: 'now', text: 'Being entered' };
}

function bank(desk: AgentDesk): Step {
  const name = 'Bank check';
  const attempt = newest(desk);
  if (attempt?.state === 'requires_action')
    return { name, state: 'now', text: 'The customer confirms in their banking app' };
  if (attempt?.state === 'unknown') return { name, state: 'now', text: 'Outcome not known yet' };
  if (desk.session.state === 'submitting') return { name, state: 'now', text: 'The bank is being asked' };
  return desk.session.state === 'succeeded'
    ? { name, state: 'done', text: 'Passed' }
    : { name, state: 'todo', text: '' };
}

const paid = ({ session }: AgentDesk): Step => ({
  name: 'Paid',
  state: session.state === 'succeeded' ? 'done' : 'todo',
  text: '',
});

export const FORM_FIELD_NAMES: Record<FormField, string> = {
  number: 'Card number',
  expiry: 'Expiry date',
  security_code: 'Security code',
  name: 'Name',
};
export const TICKS: Record<FormTick, [label: string, state: StepState]> = {
  empty: ['empty', 'todo'],
  typing: ['typing', 'now'],
  complete: ['complete', 'done'],
  wrong: ['wrong', 'bad'],
};

const APP_NAMES: Record<InApp, string> = {
  messenger: 'Messenger',
  instagram: 'Instagram',
  facebook: 'Facebook',
  line: 'LINE',
  wechat: 'WeChat',
  tiktok: 'TikTok',
  snapchat: 'Snapchat',
  x: 'X',
  linkedin: 'LinkedIn',
  pinterest: 'Pinterest',
  whatsapp: 'WhatsApp',
  kakaotalk: 'KakaoTalk',
  google: 'the Google app',
  android: 'an app',
};
const appName = (code: string | null | undefined): string | null =>
  code ? (APP_NAMES[code as InApp] ?? code) : null;

/** What an agent can help with, where the customer is on the pay page. */
export function hintOf(desk: AgentDesk): string | null {
  const inApp = appName(desk.session.progress?.inApp);
  if (newest(desk)?.state === 'requires_action')
    return `The customer’s bank asks them to confirm; they have five minutes.${
      inApp ? ` If nothing shows inside ${inApp}, ask them to open the link in their browser.` : ''
    }`;
  if (inApp)
    return `Opened inside ${inApp}. If the page or the bank check does not work there, ask them to open the link in their browser.`;
  return null;
}

/** What to say while the link is on its way. */
export function sayLink(desk: AgentDesk): string | null {
  const { history, session } = desk;
  const last = newest(desk);
  if (last?.state === 'requires_action')
    return 'Your bank asks you to confirm. Please do that now, in your banking app or as the page says.';
  if (session.state === 'capturing' && last?.state === 'declined')
    return `That card did not go through, and nothing was charged. ${DECLINES[asDeclineCode(last.declineCode)].say}`;
  const { openedAt } = history.link;
  if (!openedAt && NOT_ARRIVED.includes(request(desk)?.state ?? '')) {
    const other = otherChannel(desk);
    return other === null
      ? 'The message did not reach you. We begin anew with another number or address.'
      : `The message did not reach you. Is there ${other === 'email' ? 'an e-mail address' : 'a mobile number'} I can send it to?`;
  }
  if (session.state === 'created')
    return `You get a message with a link to pay. The page shows the words “${history.link.phrase}”: then you know it is ours.`;
  if (session.state === 'capturing')
    return `Please check that the page shows the words “${history.link.phrase}”, and enter your card there. Please do not tell me the number.`;
  return session.state === 'submitting' ? 'One moment, your bank is being asked.' : null;
}
