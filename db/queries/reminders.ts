import { and, eq, sql } from 'drizzle-orm';
import { idFromUuid, uuidFromId } from '@/core/ids';
import { GRACE_SECONDS } from '@/core/payment-attempt';
import type { ReminderBasis } from '@/core/reminders';
import type { Executor } from '../client';
import { reminders } from '../schema';
import type { Found } from './sweep';

export type DueReminder = Found & { tokenId: string; basis: ReminderBasis; minutes: number; dueAt: Date };

/**
 * Reminders whose time has come, of links that can be paid and of which nobody is about to: what is skipped for a payment under
 * way is found again after it. One that waits for the end of quiet hours is found then. Of one link if it is named.
 */
export async function listDueReminders(tx: Executor, limit: number, link?: string): Promise<DueReminder[]> {
  const rows = await tx.execute<{
    merchant_id: string;
    link: string;
    token: string;
    basis: ReminderBasis;
    minutes: number;
    due: string;
  }>(sql`with o as (
      select merchant_id, id, 'issue' as basis, unnest(remind_after_issue) as minutes from payment_profiles
      union all
      select merchant_id, id, 'expiry', unnest(remind_before_expiry) from payment_profiles)
    select l.merchant_id, l.id as link, t.id as token, o.basis, o.minutes, d.due from payment_links l
      join o on o.merchant_id = l.merchant_id and o.id = l.profile_id
      join link_tokens t on t.merchant_id = l.merchant_id and t.payment_link_id = l.id and t.state = 'live'
      cross join lateral (select case o.basis when 'issue' then t.created_at + make_interval(mins => o.minutes)
        else l.expires_at - make_interval(mins => o.minutes) end as due) d
      left join reminders r on r.merchant_id = t.merchant_id and r.token_id = t.id and r.basis = o.basis
        and r.minutes = o.minutes
    where l.access = 'active' and l.paid_at is null and l.held_minor = 0 and l.expires_at > (select cf_now())
      and d.due > t.created_at and d.due <= (select cf_now())
      and (r.state is null or (r.state = 'waiting' and r.send_at <= (select cf_now())))
      and ${link ? sql`l.id = ${uuidFromId('paymentLink', link)}::uuid` : sql`true`}
      and not exists (select 1 from payment_attempts a where a.merchant_id = l.merchant_id and a.payment_link_id = l.id
        and a.state = 'created' and a.created_at > (select cf_now()) - make_interval(secs => ${GRACE_SECONDS}))
    order by d.due, l.id limit ${limit}`);
  return rows.map((row) => ({
    merchantId: Number(row.merchant_id),
    id: idFromUuid('paymentLink', row.link),
    tokenId: row.token,
    basis: row.basis,
    minutes: row.minutes,
    dueAt: new Date(row.due),
  }));
}

/** What became of the reminders of a token so far. */
export const listReminders = (tx: Executor, merchantId: number, tokenId: string) =>
  tx
    .select()
    .from(reminders)
    .where(and(eq(reminders.merchantId, merchantId), eq(reminders.tokenId, tokenId)));

type Noted = Pick<typeof reminders.$inferInsert, 'state' | 'sendAt'>;

/** Notes what becomes of a reminder. The link must be locked. */
export async function noteReminder(tx: Executor, reminder: DueReminder, set: Noted): Promise<void> {
  const { merchantId, tokenId, basis, minutes } = reminder;
  const { merchantId: m, tokenId: t, basis: b, minutes: n } = reminders;
  await tx
    .insert(reminders)
    .values({ merchantId, tokenId, basis, minutes, ...set })
    .onConflictDoUpdate({ target: [m, t, b, n], set });
}

/**
 * Makes the newest reminder of a token due again, unless one of its messages went or may go. False where it stays spent. The link
 * must be locked.
 */
export async function reopenReminder(tx: Executor, merchantId: number, tokenId: string): Promise<boolean> {
  const rows = await tx.execute(sql`with newest as (select * from reminders where merchant_id = ${merchantId}
      and token_id = ${tokenId}::uuid and state = 'queued' order by send_at desc limit 1)
    update reminders r set state = 'waiting', send_at = cf_now() from newest n join link_tokens t
      on t.merchant_id = n.merchant_id and t.id = n.token_id
    where r.merchant_id = n.merchant_id and r.token_id = n.token_id and r.basis = n.basis and r.minutes = n.minutes
      and not exists (select 1 from messages m where m.merchant_id = t.merchant_id
        and m.payment_link_id = t.payment_link_id and m.template = 'reminder' and m.created_at >= n.send_at
        and m.state <> 'suppressed')
    returning r.minutes`);
  return rows.length > 0;
}
