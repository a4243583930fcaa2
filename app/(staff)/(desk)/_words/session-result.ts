import { linkAmount, moneyText } from '@/app/_components/format';
import { asDeclineCode } from '@/core/payment-attempt';
import { isEnd } from '@/core/payment-session';
import { receiptNumber } from '@/core/receipt';
import type { AgentDesk } from '@/lib/payment-sessions';
import { cardText, DECLINES } from './cards';
import { reasonInWords } from './events';
import { DO_NOT_ASK, underWay } from './situation';

/** How a payment ended: what is so, what to read out to the caller, and what to know or do next. */
export type Result = {
  tone: 'ok' | 'info' | 'warn' | 'bad';
  title: string;
  /** Null where nobody is left to say it to. */
  say: string | null;
  know: string;
};

/** Nothing of the money has moved, said once for all ends. */
const NOTHING = 'Nothing was charged.';

/** The result of a session, in words to read out; null while it goes on. */
export function resultOf(desk: AgentDesk): Result | null {
  const { session, history } = desk;
  const open = underWay(history.attempts);
  if (open?.state === 'unknown')
    return {
      tone: 'warn',
      title: `Outcome not known yet. ${DO_NOT_ASK}`,
      say: 'Your bank has not answered yet. Please do not pay again. You will be told as soon as it is known.',
      know: 'The gateway is being asked, mostly within a minute; the answer shows here by itself.',
    };
  if (!isEnd(session.state)) return null;
  switch (session.state) {
    case 'succeeded':
      return paid(desk);
    case 'declined':
      return declined(desk);
    case 'canceled':
      return {
        tone: 'info',
        title: 'Canceled',
        say: `The payment is canceled. Nothing was charged${history.messages.length > 0 ? ', and the link no longer works' : ''}.`,
        know: reasonSentence(session.reason),
      };
    default:
      return brokenOff(desk);
  }
}

function paid({ history }: AgentDesk): Result {
  const { link, attempts } = history;
  const held = underWay(attempts)?.state === 'authorized' ? underWay(attempts) : undefined;
  const attempt = held ?? attempts.findLast(({ state }) => state === 'succeeded');
  const amount = attempt ? moneyText(attempt) : linkAmount(link);
  const withCard = attempt?.card ? ` with your ${cardText(attempt.card)}` : '';
  if (held)
    return {
      tone: 'ok',
      title: `${amount} is held`,
      say: `Your card is accepted: ${amount} is set aside${withCard}, and is taken later.${referenceOf(link)}`,
      know: 'Somebody of your back office takes the held money, or releases it.',
    };
  return {
    tone: 'ok',
    title: `${amount} is paid`,
    say: `Thank you. ${amount} is paid${withCard}.${referenceOf(link)}`,
    know: `Receipt number ${receiptNumber(link.id)}. The payment link shows the receipt from now on.`,
  };
}

const referenceOf = ({ reference }: AgentDesk['history']['link']): string =>
  reference ? ` Your reference is ${reference}.` : '';

function declined({ session, history, may }: AgentDesk): Result {
  const attempt = history.attempts.findLast(({ state }) => state === 'declined');
  const { why, say } = DECLINES[asDeclineCode(attempt?.declineCode ?? session.reason)];
  const goesOn = may.switchTo.length > 0;
  return {
    tone: 'bad',
    title: `Declined: ${why.charAt(0).toLowerCase()}${why.slice(1)}`,
    say: `The payment did not go through, and nothing was charged. ${say}`,
    know: goesOn
      ? 'Try another card by the keypad, or send a link.'
      : 'Nothing more can be tried over this link.',
  };
}

function brokenOff({ session, may }: AgentDesk): Result {
  const byLink = may.switchTo.includes('digital');
  const why = reasonSentence(session.reason);
  switch (session.state) {
    case 'customer_hangup':
      return {
        tone: 'warn',
        title: `The caller hung up. ${NOTHING}`,
        say: null,
        know: byLink ? 'What was keyed is wiped. Send the link now, so that they can still pay.' : why,
      };
    case 'agent_hangup':
      return {
        tone: 'warn',
        title: `The call left this desk. ${NOTHING}`,
        say: null,
        know: `${why} What was keyed is wiped.${byLink ? ' Send the link now, so that they can still pay.' : ''}`,
      };
    case 'timed_out':
      return {
        tone: 'warn',
        title: `Time is over. ${NOTHING}`,
        say:
          session.kind === 'digital'
            ? 'The link has run out and nothing was charged. I can send you a new one.'
            : 'It took too long, so what you keyed is wiped and nothing was charged. We can begin again, or I send you a link.',
        know: why,
      };
    default:
      return {
        tone: 'bad',
        title: `It did not work. ${NOTHING}`,
        say: `I am sorry, this did not work and nothing was charged.${byLink ? ' I can send you a link instead.' : ''}`,
        know: why,
      };
  }
}

/** "Why: the caller hung up." */
const reasonSentence = (reason: string | null): string =>
  reason === null || reason === 'canceled' ? '' : `Why: ${reasonInWords(reason)}.`;
