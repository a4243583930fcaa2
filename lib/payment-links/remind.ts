import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type Outcome, ok } from '@/core/outcome';
import type { Channel } from '@/core/payment-link';
import { afterQuietHours, MAX_REMINDERS, REMINDER_LATE_SECONDS } from '@/core/reminders';
import type { Executor } from '@/db/client';
import { findChallenge } from '@/db/queries/challenges';
import { findMerchant, findProfile } from '@/db/queries/merchants';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import { type DueReminder, listDueReminders, noteReminder } from '@/db/queries/reminders';
import type { Ctx, Services } from '../context';
import { queueMessages } from '../messages/queue';
import { optedOut } from '../opt-outs/internal';
import { transact } from '../transact';
import { addressFor, appendLinkEvent, channelsOf, loadLink, onEachLink, secondsAfter } from './internal';

/** The only zone of the country of a telephone number; undefined where there are several. */
function zoneOfPhone(phone: string | null): string | undefined {
  const country = phone ? parsePhoneNumberFromString(phone)?.country : undefined;
  const zones = country && (new Intl.Locale(`und-${country}`) as { timeZones?: string[] }).timeZones;
  return zones?.length === 1 ? zones[0] : undefined;
}

/** Why a reminder whose time has come is not sent, or null; it is sent at `sendAt`. */
function reasonToSkip(link: PaymentLinkRow, { dueAt }: DueReminder, sendAt: Date, isLast: boolean) {
  if (!isLast) return 'a later one is due as well';
  if (sendAt >= link.expiresAt) return 'quiet hours last until the link ends';
  const quietAt = sendAt > link.now ? link.now : sendAt;
  return quietAt > secondsAfter(dueAt, REMINDER_LATE_SECONDS) ? 'its time was too long ago' : null;
}

/** The channels that the link went by when it was issued and that are still open, or why there is none. */
export async function channelsToRemind(
  services: Pick<Services, 'config'>,
  tx: Executor,
  link: PaymentLinkRow,
) {
  const open = channelsOf(link, link.challenge ? await findChallenge(tx, link) : undefined);
  const channels: Channel[] = [];
  let reason: string | null = 'the link was not sent by a message';
  for (const channel of open.filter((one) => link.channels.includes(one))) {
    const recipient = addressFor(link, channel) ?? '';
    const to = { merchantId: link.merchantId, channel, recipient };
    const out = await optedOut(services, tx, { ...to, template: 'reminder' });
    if (!out) channels.push(channel);
    reason = out;
  }
  return { channels, reason: channels.length > 0 ? null : reason };
}

/** The rules of a link's profile, and when a message that is ready at `at` may go, by the customer's clock. */
export async function reminderRules(tx: Executor, link: PaymentLinkRow) {
  const profile = await findProfile(tx, link.merchantId, link.profileId);
  const merchant = await findMerchant(tx, link.merchantId);
  const zone = link.customerTimeZone ?? zoneOfPhone(link.customerPhone) ?? merchant?.timeZone ?? 'UTC';
  return {
    after: { issue: profile?.remindAfterIssue ?? [], expiry: profile?.remindBeforeExpiry ?? [] },
    goesAt: (at: Date): Date => afterQuietHours(at, profile?.quietHours ?? null, zone),
  };
}

/** Decides on what is due of one link, and queues at most one reminder, under the link's lock. */
async function remindOfLink(ctx: Ctx, id: string): Promise<Outcome<boolean>> {
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const { link } = found.value;
    const due = await listDueReminders(tx, MAX_REMINDERS, id);
    const sendAt = (await reminderRules(tx, link)).goesAt(link.now);
    const { channels, reason: closed } = await channelsToRemind(ctx, tx, link);
    for (const reminder of due) {
      const reason = reasonToSkip(link, reminder, sendAt, reminder === due.at(-1)) ?? closed;
      const state = reason ? 'skipped' : sendAt > link.now ? 'waiting' : 'queued';
      await noteReminder(tx, reminder, { state, sendAt });
      if (reason) await appendLinkEvent(ctx, tx, 'reminder.skipped', found.value, { detail: reason });
      if (state === 'queued')
        await queueMessages(
          { ...ctx, isBulk: true },
          tx,
          channels.map((channel) => ({ link, channel, template: 'reminder' })),
        );
    }
    return ok(due.length > 0);
  });
}

/** Reminds of up to `limit` links of all merchants, each in a transaction of its own; how many reminders were found. */
export async function remindOfLinks(services: Services, requestId: string, limit: number): Promise<number> {
  const due = await listDueReminders(services.db, limit);
  const links = [...new Map(due.map((one) => [one.id, one])).values()];
  await onEachLink(services, requestId, links, { act: remindOfLink, failure: 'link_not_reminded' });
  return due.length;
}
