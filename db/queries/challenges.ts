import { and, eq, gt, sql } from 'drizzle-orm';
import { MAX_ANSWERS, MAX_PASSCODES, PASSCODE_SECONDS, SECONDS_BETWEEN_PASSCODES } from '@/core/challenge';
import type { Channel } from '@/core/payment-link';
import type { Executor } from '../client';
import { challenges as c } from '../schema';
import type { Rows } from './rows';

type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) => and(eq(c.merchantId, merchantId), eq(c.paymentLinkId, id));

/** By the database's clock: `hasPasscode`, that the last one may still be answered with; `isTooSoon`, for another. */
const columns = {
  postcode: c.postcode,
  channel: c.channel,
  answersLeft: c.answersLeft,
  passcodesLeft: c.passcodesLeft,
  passcodes: c.passcodes,
  hasPasscode: sql<boolean>`coalesce(${c.passcodeAt} > cf_now() - make_interval(secs => ${PASSCODE_SECONDS}), false)`,
  isTooSoon: sql<boolean>`coalesce(${c.passcodeAt} > cf_now() - make_interval(secs => ${SECONDS_BETWEEN_PASSCODES}), false)`,
};
export type ChallengeRow = {
  postcode: string | null;
  channel: Channel | null;
  answersLeft: number;
  passcodesLeft: number;
  passcodes: number;
  hasPasscode: boolean;
  isTooSoon: boolean;
};

/** What is right: a postcode as it is compared, or the passcode that goes by a channel. */
export type Challenge = Pick<ChallengeRow, 'postcode' | 'channel'>;
type NewChallenge = Challenge & { merchantId: number; paymentLinkId: string };

/** New challenges, with all their answers left. */
export const challengeRows = (rows: readonly NewChallenge[]): Rows => ({
  table: c,
  rows: rows.map((row) => ({ ...row, answersLeft: MAX_ANSWERS, passcodesLeft: MAX_PASSCODES })),
});

export async function findChallenge(tx: Executor, key: Key): Promise<ChallengeRow | undefined> {
  return (await tx.select(columns).from(c).where(keyed(key)))[0];
}

/** Takes one answer; how many are left after it, or undefined when there was none. */
export async function takeAnswer(tx: Executor, key: Key): Promise<number | undefined> {
  const rows = await tx
    .update(c)
    .set({ answersLeft: sql`${c.answersLeft} - 1` })
    .where(and(keyed(key), gt(c.answersLeft, 0)))
    .returning({ left: c.answersLeft });
  return rows[0]?.left;
}

/** Takes one passcode, whose counter is one higher than the last; false when there was none left. */
export async function takePasscode(tx: Executor, key: Key): Promise<boolean> {
  const rows = await tx
    .update(c)
    .set({
      passcodesLeft: sql`${c.passcodesLeft} - 1`,
      passcodes: sql`${c.passcodes} + 1`,
      passcodeAt: sql`cf_now()`,
    })
    .where(and(keyed(key), gt(c.passcodesLeft, 0)))
    .returning({ link: c.paymentLinkId });
  return rows.length > 0;
}

/** As many answers and passcodes as at the issue. The last passcode, where there is one, opens nothing more. */
export async function renewChallenge(tx: Executor, key: Key): Promise<void> {
  const anew = { answersLeft: MAX_ANSWERS, passcodesLeft: MAX_PASSCODES, passcodeAt: null };
  await tx.update(c).set(anew).where(keyed(key));
}
