import type { ChallengeCounts } from '@/core/challenge';
import { type ActState, type ActStates, LINK_ACTS, type LinkAct } from '@/core/link-acts';
import { isPayable, isSettled, statusOf } from '@/core/payment-link';
import type { LinkRequestRow } from '@/db/queries/link-requests';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { waitsForPerson } from '../payment-attempts/internal';
import { roomOf } from '../refunds/internal';
import { channelsOf, isShut, notErasable, notOwed } from './internal';

export type ActFacts = {
  link: PaymentLinkRow;
  attempts: PaymentAttemptRow[];
  request: LinkRequestRow | undefined;
  challenge: ChallengeCounts | undefined;
};
type Refusal = ActState['refusal'];

/** Why each verb would refuse this link as it stands, in the verb's own words; null where it would not. */
const REFUSALS: Record<LinkAct, (facts: ActFacts) => Refusal> = {
  send: ({ link, challenge }) => {
    if (!isPayable(link)) return 'link_not_payable';
    return channelsOf(link, challenge).length > 0 ? null : 'no_address';
  },
  change: ({ link }) => notOwed(link)?.code ?? (statusOf(link) === 'expired' ? 'link_expired' : null),
  reissue: ({ link }) => notOwed(link)?.code ?? null,
  unlock: ({ link, challenge }) => {
    const status = statusOf(link);
    if (status === 'expired') return 'link_expired';
    return status === 'locked' || isShut(link, challenge) ? null : 'link_not_locked';
  },
  decide: ({ link, request }) => (request ? (notOwed(link)?.code ?? null) : 'not_found'),
  cancel: ({ link }) => {
    if (isSettled(link)) return 'link_paid';
    if (link.access === 'canceled') return 'link_canceled';
    return link.access === 'expired' || statusOf(link) === 'expired' ? 'link_expired' : null;
  },
  capture: ({ attempts }) => whatIsHeld(attempts),
  void: ({ attempts }) => whatIsHeld(attempts),
  settle: ({ link, attempts }) => (attempts.some((one) => waitsForPerson(one, link.now)) ? null : 'conflict'),
  refund: ({ attempts }) =>
    attempts.some((one) => one.state === 'succeeded' && roomOf(one) > 0) ? null : 'nothing_to_refund',
  erase: ({ link, attempts }) => notErasable(link, attempts)?.code ?? null,
};

const whatIsHeld = (attempts: PaymentAttemptRow[]): Refusal =>
  attempts.some(({ state }) => state === 'authorized') ? null : 'not_authorized';

/** Which acts go now, for this actor. What is said here is only told; each verb judges anew. */
export function actsOf(ctx: Ctx, facts: ActFacts): ActStates {
  const entries = (Object.keys(LINK_ACTS) as LinkAct[]).map((act): [LinkAct, ActState] => [
    act,
    { refusal: REFUSALS[act](facts), permitted: authorize(ctx, LINK_ACTS[act]).ok },
  ]);
  return Object.fromEntries(entries) as ActStates;
}
