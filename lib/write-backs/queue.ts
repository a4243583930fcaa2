import { isEnd } from '@/core/crm';
import type { Executor } from '@/db/client';
import { findWriteBackFor, wasWrittenBack } from '@/db/queries/events';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { PaymentAttempt } from '../contracts/payment-attempts';
import { factsOf, type Told } from './facts';
import { fillTemplate } from './template';

export type WriteBackDelivery = {
  endpointId: string;
  body: string;
  messageId: string;
  /** Where its endpoint is off: the delivery stands in the log as ended, and can be sent once it is on again. */
  endedAt: Date | null;
};

/**
 * The write-back that an event brings, where its link's profile has one that wants it. The body is made now and sent
 * unchanged. It goes under the attempt's id; should an attempt end a second time, because money turned up, under the event's.
 */
export async function writeBackOf(
  tx: Executor,
  event: Told,
  link: PaymentLinkRow,
  attempt: PaymentAttempt | null,
): Promise<WriteBackDelivery[]> {
  if (!isEnd(event.type)) return [];
  const { merchantId, profileId } = link;
  const found = await findWriteBackFor(tx, merchantId, profileId, event.type);
  if (!found?.template) return [];
  const { id: endpointId, template, disabledAt } = found;
  const subject = { merchantId, paymentLinkId: link.id, endpointId };
  const isFirst = attempt !== null && !(await wasWrittenBack(tx, subject, attempt.id));
  const body = fillTemplate(template, factsOf(event, link, attempt));
  const endedAt = disabledAt && event.occurredAt;
  return [{ endpointId, body, messageId: isFirst ? attempt.id : event.id, endedAt }];
}
