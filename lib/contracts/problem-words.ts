import type { ProblemCode } from './problem';

type Words = { when: string; act: string };

/** What each problem means and what to do about it: the content of its page, and of the API's document. */
export const PROBLEM_WORDS: Record<ProblemCode, Words> = {
  malformed: {
    when: 'The body is not JSON, or is nested deeper than 8 levels.',
    act: 'Send one JSON object.',
  },
  unauthenticated: {
    when: 'There is no API key or access token, or it is mistyped, expired or revoked.',
    act: 'Send a valid one as "Authorization: Bearer …". Ask for a new token when yours is an hour old.',
  },
  forbidden: {
    when: 'The key or token lacks the scope, may not be used from this address, or the API is switched off for the merchant.',
    act: 'Ask an admin for a key with the scope that `detail` names.',
  },
  step_up_required: {
    when: 'A person must confirm with their password that it is them. Only staff screens meet this.',
    act: 'Enter the password again; it holds for five minutes.',
  },
  not_found: {
    when: 'There is no such path or object, or it is another merchant’s.',
    act: 'Check the id, and that the key is of the merchant that owns the object.',
  },
  method_not_allowed: {
    when: 'The path does not take this method.',
    act: 'Use one of those that the Allow header names.',
  },
  too_large: { when: 'The body is larger than the path takes.', act: 'Send less, or send it in parts.' },
  unsupported_media_type: {
    when: 'The body is of a media type that the path does not take.',
    act: 'Set Content-Type to what the reference says.',
  },
  invalid: {
    when: 'A field or a parameter is unknown, missing or wrong.',
    act: 'Correct what `errors` names, and send it again under a new Idempotency-Key.',
  },
  card_number_refused: {
    when: 'A text holds a card number.',
    act: 'Never send card numbers to this API: the customer types the card on the pay page. The refusal does not repeat it.',
  },
  link_paid: { when: 'The link is paid.', act: 'Nothing is left to pay. Money goes back by a refund.' },
  link_canceled: { when: 'The link was canceled.', act: 'Issue a new link.' },
  link_expired: { when: 'The link has expired.', act: 'Reissue it, or issue a new one.' },
  link_locked: {
    when: 'The link is locked after too many tries or cards.',
    act: 'Talk to the customer, then unlock the link.',
  },
  link_not_payable: {
    when: 'The link cannot be paid as it stands.',
    act: 'Read its status and reissue it if need be.',
  },
  link_not_expired: { when: 'The link has not expired.', act: 'Send the same link again instead.' },
  link_not_locked: { when: 'The link was never locked.', act: 'Nothing needs doing.' },
  amount_not_allowed: {
    when: 'The amount is outside what the link, or a payment that is only held, allows.',
    act: 'Use an amount within its bounds.',
  },
  attempt_required: {
    when: 'The link was paid in several parts.',
    act: 'Name the payment attempt to refund as `paymentAttempt`.',
  },
  nothing_to_refund: { when: 'Nothing was paid, or nothing is left of it.', act: 'Read the link.' },
  refund_too_large: { when: 'More is asked back than is left.', act: 'Ask for at most what `errors` says.' },
  not_authorized: {
    when: 'The payment attempt holds no money that could be captured.',
    act: 'Read the attempt.',
  },
  card_testing: {
    when: 'So many payments were declined that it looks like card testing.',
    act: 'Wait until the merchant’s alert is settled.',
  },
  link_already_paid: { when: 'The link is paid already.', act: 'Show the receipt: do not pay again.' },
  being_paid: {
    when: 'Somebody is paying the link at this moment.',
    act: 'Try again when the attempt has ended.',
  },
  attempt_superseded: { when: 'A newer try took the place of this one.', act: 'Go on with the newer one.' },
  too_many_attempts: { when: 'The link was tried too often.', act: 'Unlock the link, or issue a new one.' },
  too_many_cards: {
    when: 'The link was tried with too many cards.',
    act: 'Unlock the link, or issue a new one.',
  },
  too_soon: { when: 'Two tries came too close together.', act: 'Wait as long as Retry-After says.' },
  too_many_starts: {
    when: 'Payment was begun too often in an hour.',
    act: 'Wait up to an hour, or issue a new link.',
  },
  no_active_call: {
    when: 'The agent has no call on which a card could be keyed.',
    act: 'Name the call as `call.id`, or send the customer a link.',
  },
  moto_not_enabled: {
    when: 'The payment profile takes no telephone orders.',
    act: 'Send the customer a link, or name another profile.',
  },
  session_ended: {
    when: 'The payment session has ended.',
    act: 'Read it; go on with `switch`, or begin a new one.',
  },
  session_not_ready: {
    when: 'The payment session is not at the point where this can be done.',
    act: 'Read it: its state, its recording and its fields say what is missing.',
  },
  capture_lost: {
    when: 'What the customer keyed was lost; nothing was charged.',
    act: 'Begin again, by keypad or by link.',
  },
  telephony_unavailable: {
    when: 'The telephony provider does not answer, or does not confirm that recording is off.',
    act: 'Try again, or send the customer a link.',
  },
  idempotency_in_flight: {
    when: 'A request with this Idempotency-Key is still running.',
    act: 'Wait as long as Retry-After says and send the same request again.',
  },
  idempotency_mismatch: {
    when: 'This Idempotency-Key was used with another request.',
    act: 'Use a new key for a new request.',
  },
  conflict: { when: 'The object has just changed.', act: 'Read it again and decide anew.' },
  version_mismatch: {
    when: 'The object is not the version that If-Match names.',
    act: 'Read it again and send the new version.',
  },
  version_required: {
    when: 'If-Match is missing.',
    act: 'Send the version you have read, like If-Match: "3".',
  },
  rate_limited: {
    when: 'The key made more requests than it may.',
    act: 'Wait as long as Retry-After says. RateLimit-Remaining tells how many are left.',
  },
  unavailable: {
    when: 'The service cannot work at the moment.',
    act: 'Try again later, under the same Idempotency-Key.',
  },
  internal: {
    when: 'Something went wrong on our side.',
    act: 'Try again under the same Idempotency-Key; name the request id if it stays.',
  },
};
