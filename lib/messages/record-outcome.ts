import * as z from 'zod';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { findMessage, findMessageMerchant } from '@/db/queries/messages';
import type { Ctx, Services } from '../context';
import { scrub } from '../log';
import { parseReport } from '../parse';
import { loadLink } from '../payment-links/internal';
import { noteStaffLetter, STAFF_REFERENCE } from '../staff-letters/outcome';
import { transact } from '../transact';
import { advanceMessage, markSent } from './internal';

const report = z.object({
  id: z.string().max(200),
  message: z.string().max(64),
  status: z.enum(['delivered', 'undelivered', 'bounced']),
  reason: z.string().max(500).optional(),
});

/** The act as a messaging provider does it: it knows a message by its id alone. Null when there is none. */
async function providerCtx(services: Services, requestId: string, message: string): Promise<Ctx | null> {
  if (!isId('message', message)) return null;
  const merchantId = await findMessageMerchant(services.db, message);
  const actor = { kind: 'messaging_provider' } as const;
  return merchantId === undefined ? null : { ...services, merchantId, requestId, actor };
}

/**
 * A provider's verified report of what became of a message. It may overtake our own note that the message was sent, and
 * then stands for that too. The first outcome is final: a repeated or later report changes nothing.
 */
export async function recordMessageOutcome(
  services: Services,
  requestId: string,
  raw: unknown,
): Promise<Outcome<true>> {
  const parsed = parseReport(report, raw);
  if (!parsed.ok) return parsed;
  const { message: id, status, reason } = parsed.value;
  if (id.startsWith(STAFF_REFERENCE)) {
    await noteStaffLetter(services.db, id, status === 'delivered' ? null : plain(reason ?? status));
    return ok(true);
  }
  const ctx = await providerCtx(services, requestId, id);
  if (!ctx) return refuse('not_found', 'There is no such message.');
  return transact(ctx, async (tx) => {
    const message = await findMessage(tx, { merchantId: ctx.merchantId, id });
    const found = message && (await loadLink(ctx, tx, message.paymentLinkId, 'lock'));
    if (!found?.ok) return refuse('not_found', 'There is no such message.');
    await markSent(ctx, tx, found.value, id);
    await advanceMessage(ctx, tx, id, 'sent', status, reason && plain(reason));
    return ok(true);
  });
}

/** A provider's words are not ours: one line, and never a card number. */
const plain = (text: string): string => scrub(text.replace(/\p{C}+/gu, ' ').trim()).slice(0, 200);
