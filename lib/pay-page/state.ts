import { type AttemptState, isBegunInTime, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { isSettled, type TokenState } from '@/core/payment-link';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';

/** What a payer who opens a link sees. Each is a page of its own. */
export const PAGE_STATES = [
  'verification',
  'ready',
  'paid',
  'processing',
  'challenge',
  'confirming',
  'authorized',
  'expired',
  'canceled',
  'replaced',
  'locked',
] as const;
export type PageState = (typeof PAGE_STATES)[number];

const isUnderWay = ({ state }: PaymentAttemptRow): boolean =>
  OPEN_ATTEMPT_STATES.some((open) => open === state);

/** The attempt that decides what the page tells: the one under way, or the last one that paid. */
export const decidingAttempt = (state: PageState, attempts: PaymentAttemptRow[]): PaymentAttemptRow | null =>
  attempts.findLast((one) => (state === 'paid' ? one.state === 'succeeded' : isUnderWay(one))) ?? null;

const WHILE_HELD: Partial<Record<AttemptState, PageState>> = {
  unknown: 'confirming',
  requires_action: 'challenge',
  authorized: 'authorized',
};

/**
 * Which page tells the truth: money first, then a payment under way, then how this address stands, then the link's end.
 * A link whose time is over stays open for a payment that was begun in time, while its grace lasts.
 */
export function stateOf(link: PaymentLinkRow, token: TokenState, attempts: PaymentAttemptRow[]): PageState {
  if (isSettled(link)) return 'paid';
  if (link.heldMinor > 0) return WHILE_HELD[attempts.find(isUnderWay)?.state ?? 'submitted'] ?? 'processing';
  if (link.access === 'canceled' || token === 'revoked') return 'canceled';
  if (token === 'superseded') return 'replaced';
  if (link.access === 'expired') return 'expired';
  if (link.expired) return link.access === 'active' && attempts.some(isGraced) ? 'ready' : 'expired';
  return link.access === 'locked' ? 'locked' : 'ready';

  function isGraced({ state, createdAt }: PaymentAttemptRow): boolean {
    return state === 'created' && isBegunInTime(createdAt, link);
  }
}

/** These tell nothing of what is owed, and are shown to whoever holds the address. */
const TELL_NOTHING: readonly PageState[] = ['expired', 'canceled', 'replaced', 'locked'];

/**
 * Which page is shown to somebody who has not answered yet: the question, while there is an answer left. An address that was
 * replaced takes no answer, and says so whatever came in meanwhile.
 */
export function gatedState(
  state: PageState,
  token: TokenState,
  { answersLeft }: { answersLeft: number },
): PageState {
  if (TELL_NOTHING.includes(state)) return state;
  if (token !== 'live') return token === 'revoked' ? 'canceled' : 'replaced';
  return answersLeft > 0 ? 'verification' : 'locked';
}
