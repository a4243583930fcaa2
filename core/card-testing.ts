/** Budgets against card testing: cards tried in series to learn which of them work. Counted over tries submitted on the web. */
export const CARD_TESTING_WINDOW_SECONDS = 600;

/** Of one network (an IPv4 address, an IPv6 /64), over all merchants, not counting tries that brought money. */
export const MAX_TRIES_PER_NETWORK = 10;
export const MAX_CARDS_PER_NETWORK = 6;
/** Payers whose network is not known share this one, with a budget for many, and no limit of cards. */
export const SHARED_NETWORK = 'unknown';
export const MAX_TRIES_SHARED = 1_000;

/** A merchant with so many tries and so large a part of them declined takes no new web payments for a while. */
export const BREAKER_TRIES = 20;
export const BREAKER_DECLINED_PERCENT = 80;
export const BREAKER_SECONDS = 900;
/** The newest tries of a merchant that are looked at: a busy one is judged by these, at a cost that does not grow. */
export const BREAKER_SAMPLE = 1_000;

/** A slow test of cards stays below the breaker: over a day, so many tries with so large a part declined raise an alert. */
export const SLOW_WINDOW_SECONDS = 86_400;
export const SLOW_TRIES = 50;
export const SLOW_DECLINED_PERCENT = 60;
/** Only merchants with a decline among the tries of this time are looked at again: the cost follows what goes on. */
export const SLOW_LOOK_SECONDS = 900;

export const CARD_TESTING_REASONS = ['breaker', 'network_tries', 'network_cards'] as const;
export type CardTestingReason = (typeof CARD_TESTING_REASONS)[number];

/** A merchant's tries on the web, and how many of them were declined. */
export type Tries = { tries: number; declined: number };
/** What was spent within the window. `otherCards`: distinct cards of the network other than the one at hand. */
export type CardTestingFacts = {
  breakerOpen: boolean;
  merchant: Tries;
  network: { name: string | null; tries: number; otherCards: number };
};

export const tripsBreaker = ({ tries, declined }: Tries): boolean =>
  tries >= BREAKER_TRIES && declined * 100 >= tries * BREAKER_DECLINED_PERCENT;

/** Whether a merchant's day looks like a slow test of cards. */
export const looksSlowlyTested = ({ tries, declined }: Tries): boolean =>
  tries >= SLOW_TRIES && declined * 100 >= tries * SLOW_DECLINED_PERCENT;

/** Why a web payment must not go on, or null. `withCard`: a card is known; before that only tries are judged. */
export function cardTestingReason(facts: CardTestingFacts, withCard: boolean): CardTestingReason | null {
  const { name, tries, otherCards } = facts.network;
  const isShared = name === SHARED_NETWORK;
  if (facts.breakerOpen || tripsBreaker(facts.merchant)) return 'breaker';
  if (name !== null && tries >= (isShared ? MAX_TRIES_SHARED : MAX_TRIES_PER_NETWORK)) return 'network_tries';
  return name !== null && !isShared && withCard && otherCards >= MAX_CARDS_PER_NETWORK
    ? 'network_cards'
    : null;
}
