import { sha256 } from '../crypto';
import type { PayPage } from './open';

/** Changes with everything the page tells that is worth turning to another page for; an open page compares it. */
export function markOf({
  state,
  link,
  entries,
  details,
  asking,
  sentTo,
  isShown,
  question,
}: PayPage): string {
  // Of a page that shows nothing yet the mark must not tell it either.
  if (!isShown) return markOfAll([state, asking, sentTo, question?.hasPasscode]);
  const told = [
    state,
    link.access === 'canceled',
    link.capturedMinor,
    link.description,
    link.expiresAt.getTime(),
    entries.map((entry) => [entry.kind, entry.amountMinor]),
    asking,
    sentTo,
    // Not whether it can be asked for: an open card form stays where a profile begins to offer that.
    link.lookedUpAt !== null && details !== 'under_way',
  ];
  return markOfAll(told);
}

const markOfAll = (told: readonly unknown[]): string => sha256(JSON.stringify(told)).slice(0, 16);
