import { idFromUuid } from '@/core/ids';
import { refuse } from '@/core/outcome';
import { listAttempts } from '@/db/queries/payment-attempts';
import { findPaymentLink } from '@/db/queries/payment-links';
import { findPaymentSession } from '@/db/queries/payment-sessions';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { CompatibleStatus } from '../contracts/compatible';
import { executor } from '../transact';
import { type Told, told } from './errors';
import { statusOf } from './status';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id of the payment session that a GUID of that API names; null where it is none. */
export const sessionOfGuid = (guid: string): string | null =>
  GUID.test(guid) ? idFromUuid('paymentSession', guid.toLowerCase()) : null;

/** A payment session that came by that API, as it stands; its result is never forgotten. */
export async function readCompatibleSession(ctx: Ctx, guid: string): Promise<Told<CompatibleStatus>> {
  const allowed = authorize(ctx, 'payment_sessions:read');
  if (!allowed.ok) return told(allowed);
  const { merchantId } = ctx;
  const tx = executor(ctx);
  const id = sessionOfGuid(guid);
  const session = id === null ? undefined : await findPaymentSession(tx, { merchantId, id });
  const link = session?.compatible && (await findPaymentLink(tx, { merchantId, id: session.paymentLinkId }));
  if (!session || !link) return told(refuse('not_found', 'There is no such session.'));
  return { ok: true, value: statusOf(session, link, await listAttempts(tx, merchantId, link.id)) };
}
