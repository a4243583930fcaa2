import { moneyText } from '@/app/_components/format';
import type { HeldNotification } from '@/lib/gateway-notifications';

const SUBJECTS: Record<HeldNotification['says']['kind'], string> = {
  payment: 'Notice about a payment',
  refund: 'Notice about a refund',
  dispute: 'Notice about a dispute',
  answer: 'Answer about a payment',
  other: 'Notice',
  unreadable: 'Notice that could not be read',
};

/** What a notice is about. */
export const subjectOf = ({ says }: HeldNotification): string => SUBJECTS[says.kind];

const PAYMENTS = {
  requires_action: 'waits for the bank check of',
  declined: 'declined',
  failed: 'did not take',
  voided: 'gave back a hold of',
  unknown: 'does not know about',
} as const;
const REFUNDS = {
  succeeded: 'refunded',
  pending: 'is refunding',
  failed: 'could not refund',
  unknown: 'does not know about a refund of',
} as const;
const DISPUTES = { open: 'opened', won: 'closed in your favour', lost: 'closed against you' } as const;

/** What the gateway says, in words; the answer to a question of ours is kept without its amount. */
export function saidText({ says }: HeldNotification): string {
  switch (says.kind) {
    case 'payment': {
      const { result } = says;
      const did = result.kind === 'authorized' ? (result.captured ? 'took' : 'holds') : PAYMENTS[result.kind];
      return `It ${did} ${moneyText(says)}`;
    }
    case 'refund':
      return `It ${REFUNDS[says.result.kind]} ${moneyText(says)}`;
    case 'dispute':
      return `A dispute over ${moneyText(says)} was ${DISPUTES[says.state]}`;
    case 'answer':
      return 'Something else than was asked for';
    case 'other':
    case 'unreadable':
      return 'Nothing that could be understood';
  }
}

/** What a person should do before deciding. */
export function adviceOf({ says, paymentAttempt }: HeldNotification): string {
  if (says.kind === 'unreadable')
    return 'Look at the gateway what it told at this moment. Once the gateway sends it in a shape that is understood, it comes as a new notice.';
  if (!paymentAttempt)
    return 'Look at the gateway whose money this is. It may belong to another system that uses the same account.';
  return 'Look up the payment at the gateway. Money that was only held has been given back already. Money that was taken is not touched: give it back at the gateway, or have the gateway correct it.';
}

/** A reason as the product notes it, as a sentence. */
export const sentence = (text: string | null): string =>
  text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.` : 'The reason was not noted.';
