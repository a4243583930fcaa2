import type { OptOutWay } from '@/core/opt-outs';
import { CHANNELS, type Channel, statusOf } from '@/core/payment-link';
import { REMINDER_BASES, REMINDER_LATE_SECONDS } from '@/core/reminders';
import type { Executor } from '@/db/client';
import type { MessageRow } from '@/db/queries/messages';
import { listReminders } from '@/db/queries/reminders';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { optOutOf } from '../opt-outs/internal';
import { addressFor, type LinkAndToken, secondsAfter } from './internal';
import { channelsToRemind, reminderRules } from './remind';

/** An address on file, and whether its owner wants no more. `mayNote`, `mayLift`: the actor may say so, or take it back. */
export type Contact = {
  channel: Channel;
  address: string;
  optOut: { how: OptOutWay; by: string | null; at: string } | null;
  mayNote: boolean;
  mayLift: boolean;
};

/** The reminders of a link as staff see them. `none`: why no further one is planned. */
export type ReminderPlan = {
  lastAt: string | null;
  nextAt: string | null;
  none: string | null;
  contacts: Contact[];
};

export async function reminderPlan(
  ctx: Ctx,
  tx: Executor,
  found: LinkAndToken,
  messages: readonly MessageRow[],
): Promise<ReminderPlan> {
  const last = messages.findLast(({ template, sentAt }) => template === 'reminder' && sentAt);
  const [next, contacts] = await Promise.all([nextReminder(ctx, tx, found), contactsOf(ctx, tx, found)]);
  return {
    lastAt: last?.sentAt?.toISOString() ?? null,
    nextAt: next instanceof Date ? next.toISOString() : null,
    none: next instanceof Date ? null : next,
    contacts,
  };
}

/** When the next reminder goes, as far as can be known now, or why none does. */
async function nextReminder(ctx: Ctx, tx: Executor, { link, token }: LinkAndToken): Promise<Date | string> {
  const status = statusOf(link);
  if (!['active', 'partially_paid', 'processing'].includes(status))
    return `the link is ${status.replaceAll('_', ' ')}`;
  const { after, goesAt } = await reminderRules(tx, link);
  if (after.issue.length + after.expiry.length === 0) return 'the payment profile sends none';
  const { reason } = await channelsToRemind(ctx, tx, link);
  if (reason) return reason;
  const noted = await listReminders(tx, link.merchantId, token.id);
  const ahead = REMINDER_BASES.flatMap((basis) =>
    after[basis].flatMap((minutes) => {
      const row = noted.find((one) => one.basis === basis && one.minutes === minutes);
      if (row) return row.state === 'waiting' ? [row.sendAt] : [];
      const due =
        basis === 'issue'
          ? secondsAfter(token.createdAt, minutes * 60)
          : secondsAfter(link.expiresAt, -minutes * 60);
      const isOver = due <= token.createdAt || secondsAfter(due, REMINDER_LATE_SECONDS) < link.now;
      return isOver ? [] : [due];
    }),
  );
  const first = ahead.toSorted((a, b) => Number(a) - Number(b))[0];
  if (!first) return 'none is left';
  const at = goesAt(first < link.now ? link.now : first);
  return at < link.expiresAt ? at : 'quiet hours last until the link ends';
}

async function contactsOf(ctx: Ctx, tx: Executor, { link }: LinkAndToken): Promise<Contact[]> {
  const contacts: Contact[] = [];
  for (const channel of CHANNELS) {
    const address = addressFor(link, channel);
    if (!address) continue;
    const row = await optOutOf(ctx, tx, link.merchantId, { channel, recipient: address });
    contacts.push({
      channel,
      address,
      optOut: row ? { how: row.how, by: row.byName, at: row.at.toISOString() } : null,
      mayNote: !row && authorize(ctx, 'payment_links:send').ok,
      mayLift: row?.how === 'staff' && authorize(ctx, 'opt_outs:lift').ok,
    });
  }
  return contacts;
}
