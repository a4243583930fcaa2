import { SHARED_NETWORK } from './card-testing';

/** A new link of one link is asked for once in this time, and so often in all; counted over all its issues. */
export const SECONDS_BETWEEN_REQUESTS = 3600;
export const MAX_REQUESTS_PER_LINK = 3;

/** Budgets against floods of messages: requests for new links of many links, from one place or at one merchant. */
export const REQUESTS_WINDOW_SECONDS = 3600;
/** Of one network (an IPv4 address, an IPv6 /64), over all merchants. */
export const MAX_REQUESTS_PER_NETWORK = 10;
/** Payers whose network is not known share this one. */
export const MAX_REQUESTS_SHARED = 100;
/** New links of a merchant that go out without a person; what is asked for beyond it waits for staff. */
export const MAX_AUTOMATIC_PER_MERCHANT = 60;

/** What was asked for within the window: from this network, and of this merchant without a person. */
export type RequestFacts = { network: { name: string | null; requests: number }; automatic: number };

/** Whether a network has asked for as much as it may. */
export const networkIsSpent = ({ network: { name, requests } }: RequestFacts): boolean =>
  name !== null && requests >= (name === SHARED_NETWORK ? MAX_REQUESTS_SHARED : MAX_REQUESTS_PER_NETWORK);

/** Whether new links of a merchant go out only when staff agree. */
export const merchantIsSpent = ({ automatic }: RequestFacts): boolean =>
  automatic >= MAX_AUTOMATIC_PER_MERCHANT;
