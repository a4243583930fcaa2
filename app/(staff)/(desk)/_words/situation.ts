import { moneyText, timeText } from '@/app/_components/format';
import { OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { OPEN_REFUND_STATES } from '@/core/refund';
import type { AttemptHistory, LinkHistory } from '@/lib/payment-links';
import { cardText } from './cards';
import { reasonInWords } from './events';

/** How something stands, as a person would say it: what is so, and what to do or leave. */
export type Situation = { tone: 'ok' | 'info' | 'warn' | 'bad' | 'plain'; title: string; text: string };

export const DO_NOT_ASK = 'Do not ask for payment again';

/** The try that is under way, if one is. */
export const underWay = (attempts: AttemptHistory[]): AttemptHistory | undefined =>
  attempts.find(({ state }) => OPEN_ATTEMPT_STATES.some((open) => open === state));

/** How a link stands: the main thing first, then whatever else a person must know. */
export function situationOf(history: LinkHistory, zone: string): Situation[] {
  const main = mainThing(history, zone);
  return [...(main ? [main] : []), ...alsoSo(history, zone)];
}

function mainThing(history: LinkHistory, zone: string): Situation | null {
  const { link } = history;
  const money = (amountMinor: number) => moneyText({ amountMinor, currency: link.currency });
  switch (link.status) {
    case 'processing':
      return beingPaid(history);
    case 'locked':
      return {
        tone: 'warn',
        title: 'Locked after too many tries',
        text: `Five tries or more than three cards did not work. The customer’s page says that it is paused. Unlock it, and tries count anew.${partOf(history)}`,
      };
    case 'partially_paid':
      return { tone: 'info', title: partTitle(history), text: restText(history, zone) };
    case 'paid':
      return paid(history);
    case 'partially_refunded':
    case 'refunded':
      return {
        tone: 'plain',
        title: `${money(link.refundedMinor)} of ${money(link.capturedMinor)} is refunded`,
        text: `It is on its way to the customer’s card; their bank shows it within a few days.${
          link.refundedMinor < link.capturedMinor
            ? ` ${money(link.capturedMinor - link.refundedMinor)} is kept.`
            : ''
        }`,
      };
    case 'disputed':
      return disputed(history);
    case 'expired':
      return {
        tone: 'warn',
        title: 'Expired: nobody can pay with it',
        text: `The customer’s page says so. Issue it anew for another 72 hours.${partOf(history)}`,
      };
    case 'canceled':
      return {
        tone: 'plain',
        title: 'Canceled: nobody can pay with it',
        text: `The customer’s page says so, and it stays so. For a new request issue a new link.${partOf(history)}`,
      };
    case 'active':
      return link.amountType === 'fixed' ? null : chosenByPayer(history);
    case 'draft':
      return null;
  }
}

/** Nobody may ask for money a second time while one of these is so. */
function beingPaid({ link, standing, attempts }: LinkHistory): Situation {
  const attempt = underWay(attempts);
  const canceled = link.canceledAt ? 'The link was canceled while it was being paid. ' : '';
  const amount = moneyText({
    amountMinor: attempt?.amountMinor ?? standing.heldMinor,
    currency: link.currency,
  });
  const card = attempt?.card ? ` with ${cardText(attempt.card)}` : '';
  if (attempt?.needsOperator && attempt.state !== 'authorized')
    return {
      tone: 'warn',
      title: `Outcome not known yet. ${DO_NOT_ASK}`,
      text: `${canceled}For a day the gateway has not said what became of ${amount}${card}. An owner or admin looks it up at the gateway under ${attempt.id}, and decides here if the gateway still does not tell by itself.`,
    };
  switch (attempt?.state) {
    case 'unknown':
      return {
        tone: 'warn',
        title: `Outcome not known yet. ${DO_NOT_ASK}`,
        text: `${canceled}${amount} was sent${card} and the answer was lost: it may have been charged. The gateway is being asked, mostly within a minute; the answer shows here by itself.`,
      };
    case 'requires_action':
      return {
        tone: 'info',
        title: `Bank check. ${DO_NOT_ASK}`,
        text: link.canceledAt
          ? `${canceled}The payment is being taken back; nothing should be charged.`
          : `The customer’s bank asks them to confirm ${amount}${card}. They have five minutes; if they do not, nothing is charged.`,
      };
    case 'authorized':
      return {
        tone: 'info',
        title: `${amount} is held, not taken yet. ${DO_NOT_ASK}`,
        text: link.canceledAt
          ? `${canceled}The hold is being released.`
          : `The bank has accepted it${card}. It is yours once somebody takes it; a hold runs out by itself after some days.`,
      };
    default:
      return {
        tone: 'info',
        title: `Being paid right now. ${DO_NOT_ASK}`,
        text: `${canceled}${amount} was sent to the bank${card}. This takes seconds and shows here by itself.${
          link.canceledAt ? ' If money comes it is told as a late payment, and can be refunded.' : ''
        }`,
      };
  }
}

function paid({ link, standing }: LinkHistory): Situation | null {
  const amount = moneyText({ amountMinor: link.capturedMinor, currency: link.currency });
  if (standing.late)
    return {
      tone: 'warn',
      title: `Late payment: ${amount} came after the link had ${link.canceledAt ? 'been canceled' : 'ended'}`,
      text: 'The money is there and stays until somebody decides: keep it, or refund it.',
    };
  return {
    tone: 'ok',
    title: `${amount} is paid`,
    text: `${link.amountType === 'open' ? 'The customer chose the amount. ' : ''}The customer’s link is their receipt now.`,
  };
}

function disputed({ link, disputes }: LinkHistory): Situation {
  const amount = moneyText({ amountMinor: link.disputedMinor, currency: link.currency });
  const open = disputes.find(({ state }) => state === 'open');
  if (!open)
    return {
      tone: 'bad',
      title: `Dispute lost: the customer’s bank keeps ${amount}`,
      text: 'Nothing more can be done about it here. Do not refund what the bank took.',
    };
  const why = open.reason ? ` Their reason: ${reasonInWords(open.reason)}.` : '';
  return {
    tone: 'bad',
    title: `Disputed: the customer’s bank took ${amount} back`,
    text: `Answer it at the gateway.${why} What the bank took cannot be refunded as well. The end of the dispute shows here by itself.`,
  };
}

/** "£4.00 of £12.40 is paid". */
const partTitle = ({ link }: LinkHistory): string =>
  `${moneyText({ amountMinor: link.capturedMinor, currency: link.currency })} of ${moneyText({
    amountMinor: link.amountMinor ?? link.capturedMinor,
    currency: link.currency,
  })} is paid`;

const partOf = (history: LinkHistory): string =>
  history.link.capturedMinor > 0 ? ` ${partTitle(history)}; that money stays.` : '';

function restText({ link, standing }: LinkHistory, zone: string): string {
  const money = (amountMinor: number) => moneyText({ amountMinor, currency: link.currency });
  const { next } = standing;
  if (!next) return '';
  const least =
    next.minMinor > 1 && next.minMinor < next.maxMinor ? ` in parts of at least ${money(next.minMinor)}` : '';
  return `${money(next.maxMinor)} is still to pay, with the same link${least}, by ${timeText(link.expiresAt, zone)}.`;
}

function chosenByPayer({ link, standing }: LinkHistory): Situation | null {
  const { next } = standing;
  if (!next) return null;
  const money = (amountMinor: number) => moneyText({ amountMinor, currency: link.currency });
  if (link.amountType === 'partial')
    return {
      tone: 'plain',
      title: `${money(next.maxMinor)} to pay, in parts`,
      text:
        next.minMinor > 1
          ? `Each part is at least ${money(next.minMinor)}; the last one may be less.`
          : 'The customer says how much each time, until all of it is paid.',
    };
  const bounds = [
    link.minAmountMinor !== null && `at least ${money(link.minAmountMinor)}`,
    link.maxAmountMinor !== null && `at most ${money(link.maxAmountMinor)}`,
  ].filter(Boolean);
  return {
    tone: 'plain',
    title: 'The customer says how much',
    text: `They pay once${bounds.length > 0 ? `: ${bounds.join(', ')}` : ', any amount'}.${
      link.amountMinor === null ? '' : ` ${money(link.amountMinor)} is suggested.`
    }`,
  };
}

function alsoSo({ link, standing, refunds, disputes }: LinkHistory, zone: string): Situation[] {
  const money = (amountMinor: number) => moneyText({ amountMinor, currency: link.currency });
  const found: Situation[] = [];
  const open = refunds.filter(({ state }) => OPEN_REFUND_STATES.some((one) => one === state));
  for (const { amountMinor, state } of open)
    found.push(
      state === 'unknown'
        ? {
            tone: 'warn',
            title: `Outcome of a refund of ${money(amountMinor)} not known yet. Do not refund it again`,
            text: 'The gateway’s answer was lost. It is being asked; the answer shows here by itself.',
          }
        : {
            tone: 'info',
            title: `A refund of ${money(amountMinor)} is under way. Do not refund it again`,
            text: 'The gateway has not confirmed it yet. The outcome shows here by itself.',
          },
    );
  const last = refunds.at(-1);
  if (last?.state === 'failed')
    found.push({
      tone: 'bad',
      title: `A refund of ${money(last.amountMinor)} failed`,
      text: `${last.failure ? `Why: ${reasonInWords(last.failure)}. ` : ''}The money is still yours to refund: try again, or give it back another way.`,
    });
  if (link.status !== 'disputed' && disputes.some(({ state }) => state === 'won'))
    found.push({ tone: 'ok', title: 'A dispute was won', text: 'The money has come back.' });
  if (standing.late && link.status !== 'paid')
    found.push({
      tone: 'warn',
      title: 'Late payment',
      text: `Money came after the link had ${link.canceledAt ? 'been canceled' : 'ended'}.`,
    });
  if (standing.request)
    found.push({
      tone: 'info',
      title: 'The customer asks for a new link',
      text: 'Send one to the address on file, or refuse. The customer’s page says that you were asked.',
    });
  if (standing.erasedAt)
    found.push({
      tone: 'plain',
      title: 'The customer’s data was erased',
      text: `On ${timeText(standing.erasedAt, zone, 'long')}. Amounts, dates and the reference stay for your books.`,
    });
  if (standing.reissues > 0 && standing.next && link.status !== 'canceled')
    found.push({
      tone: 'plain',
      title: standing.reissues === 1 ? 'Issued anew' : `Issued anew ${standing.reissues} times`,
      text: 'Only the newest address works. Whoever opens an earlier one reads that it was replaced.',
    });
  return found;
}
