import { plainDigits } from './digits';
import type { Channel } from './payment-link';

/**
 * What a payer must answer before a link shows what it is for. `passcode`: six digits by a channel of their own.
 * `reference_phone_ending`: what somebody knows whom the customer has asked to pay, and nobody who only found the link.
 */
export const CHALLENGE_KINDS = ['passcode', 'postcode', 'phone_ending', 'reference_phone_ending'] as const;
export type ChallengeKind = (typeof CHALLENGE_KINDS)[number];

/** What all links of a payment profile can ask: each link has the answer itself. */
export const PROFILE_CHALLENGES = ['passcode', 'phone_ending', 'reference_phone_ending'] as const;
export type ProfileChallenge = (typeof PROFILE_CHALLENGES)[number];

/** Kinds whose answer ends with digits of the customer's telephone: a page that asks for them shows none. */
export const asksForPhone = (kind: ChallengeKind | null): boolean =>
  kind === 'phone_ending' || kind === 'reference_phone_ending';

/** Wrong answers before the link is locked; an unlock or a reissue by staff gives as many again. */
export const MAX_ANSWERS = 5;
/** Passcodes sent for a link, as with answers. */
export const MAX_PASSCODES = 5;
export const SECONDS_BETWEEN_PASSCODES = 30;
export const PASSCODE_DIGITS = 6;
/** How long a passcode may be answered with. */
export const PASSCODE_SECONDS = 600;
/** How many of the last digits of a telephone number are asked for. */
export const PHONE_ENDING_DIGITS = 4;
/** How long a right answer opens the page it was given on. */
export const PASS_SECONDS = 7200;

/** How a challenge stands. `channel`: how its passcodes go, where it asks for one. */
export type ChallengeCounts = { answersLeft: number; passcodesLeft: number; channel: Channel | null };

/** Whether nobody can answer any more, or nobody can get what to answer: staff open it again. */
export const isSpent = ({ answersLeft, passcodesLeft, channel }: ChallengeCounts): boolean =>
  answersLeft === 0 || (channel !== null && passcodesLeft === 0);

/** An answer without what people write differently: case, blanks, hyphens, the digits of their keyboard. */
export const plainAnswer = (text: string): string =>
  plainDigits(text.normalize('NFKC'))
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

type Reachable = { email?: unknown; phone?: unknown };

/**
 * The channel that a passcode goes by: the one wished for, else the telephone before the mailbox, where there is an address
 * and the link itself is not sent; null where there is none. A code beside the link it opens would prove nothing.
 */
export function passcodeChannel(
  { email, phone }: Reachable,
  sentBy: readonly Channel[],
  wished: Channel | undefined,
): Channel | null {
  const onFile: Channel[] = [...(phone ? (['sms'] as const) : []), ...(email ? (['email'] as const) : [])];
  const free = onFile.filter((channel) => !sentBy.includes(channel));
  return free.find((channel) => wished === undefined || channel === wished) ?? null;
}
