import { type Outcome, ok } from '@/core/outcome';
import { findChallenge, takePasscode } from '@/db/queries/challenges';
import type { Ctx } from '../context';
import { queueMessages } from '../messages/queue';
import { loadLink } from '../payment-links/internal';
import { transact } from '../transact';

/** `gone`: no passcode is asked for any more, or there are none left; the page tells which. */
export type PasscodeSent = 'sent' | 'too_soon' | 'gone';

/**
 * A payer asks for the passcode of a link: a new one goes to the address on file, by the channel that the link itself is not
 * sent by. Only the last one is right. At most one in half a minute, and five in all.
 */
export async function sendPasscode(ctx: Ctx, id: string): Promise<Outcome<PasscodeSent>> {
  return transact(ctx, async (tx): Promise<Outcome<PasscodeSent>> => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link } = found.value;
    const challenge = await findChallenge(tx, link);
    if (!challenge?.channel || challenge.answersLeft === 0) return ok('gone');
    if (challenge.isTooSoon) return ok('too_soon');
    if (!(await takePasscode(tx, link))) return ok('gone');
    await queueMessages(ctx, tx, [{ link, channel: challenge.channel, template: 'passcode' }]);
    return ok('sent');
  });
}
