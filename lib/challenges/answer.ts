import { PHONE_ENDING_DIGITS, plainAnswer } from '@/core/challenge';
import { type Outcome, ok } from '@/core/outcome';
import { isSettled } from '@/core/payment-link';
import { type ChallengeRow, findChallenge, renewChallenge, takeAnswer } from '@/db/queries/challenges';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { sameText } from '../crypto';
import { passcodeOf } from '../link-tokens/challenge';
import { type LinkAndToken, loadLink, lockSoftly } from '../payment-links/internal';
import { transact } from '../transact';

/** `right` opens the page. `wrong` took one of the answers. `gone`: there is nothing to answer any more, the page tells why. */
export type Answered = { result: 'right' } | { result: 'wrong'; answersLeft: number } | { result: 'gone' };

const phoneEnding = ({ customerPhone }: PaymentLinkRow): string | null =>
  customerPhone?.slice(-PHONE_ENDING_DIGITS) ?? null;

/** The one answer that is right, as it is compared; null where none can be. */
function expected({ config }: Ctx, { link, token }: LinkAndToken, challenge: ChallengeRow): string | null {
  const { merchantId, id: paymentLinkId } = link;
  switch (link.challenge) {
    case 'postcode':
      return challenge.postcode;
    case 'phone_ending':
      return phoneEnding(link);
    case 'reference_phone_ending': {
      const [reference, ending] = [plainAnswer(link.reference ?? ''), phoneEnding(link)];
      return reference && ending && reference + ending;
    }
    case 'passcode': {
      const claims = { keyId: token.keyId, merchantId, paymentLinkId, counter: challenge.passcodes };
      return challenge.hasPasscode ? passcodeOf(config.linkTokenKeys, claims) : null;
    }
    default:
      return null;
  }
}

/**
 * A payer answers what a link asks before it shows what it is for. Answers come one after another, under the link's lock; the
 * last wrong one locks the link, until staff unlock or reissue it; a right passcode, which
 * is another one each time, gives all of them back. What was wrong about an answer is told nobody.
 */
export async function answerChallenge(ctx: Ctx, id: string, answer: string): Promise<Outcome<Answered>> {
  return transact(ctx, async (tx): Promise<Outcome<Answered>> => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link } = found.value;
    const challenge = await findChallenge(tx, link);
    if (!challenge || challenge.answersLeft === 0) return ok({ result: 'gone' });
    if (link.challenge === 'passcode' && !challenge.hasPasscode) return ok({ result: 'gone' });
    const right = expected(ctx, found.value, challenge);
    if (right !== null && sameText(plainAnswer(answer), right)) {
      if (link.challenge === 'passcode') await renewChallenge(tx, link);
      return ok({ result: 'right' });
    }
    const answersLeft = (await takeAnswer(tx, link)) ?? 0;
    if (answersLeft === 0 && isOpen(link)) await lockSoftly(ctx, tx, found.value, 'too many wrong answers');
    return ok({ result: 'wrong', answersLeft });
  });
}

/** What is paid or over is not locked besides: only its page stays shut. */
const isOpen = (link: PaymentLinkRow): boolean => !isSettled(link) && !link.expired;
