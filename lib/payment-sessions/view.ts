import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { PaymentSessionRow } from '@/db/queries/payment-sessions';
import type { PaymentSession } from '../contracts/payment-sessions';

type Owed = Pick<PaymentLinkRow, 'amountMinor' | 'currency' | 'livemode'>;

/** A session's row as the API, the desk and the events tell it. Of the card no more than an agent may know. */
export function paymentSessionView(row: PaymentSessionRow, link: Owed): PaymentSession {
  return {
    id: row.id,
    object: 'payment_session',
    kind: row.kind,
    state: row.state,
    version: row.revision,
    livemode: link.livemode,
    paymentLink: row.paymentLinkId,
    paymentAttempt: row.attemptId,
    profile: row.profileId,
    amountMinor: link.amountMinor,
    currency: link.currency,
    agent: { id: row.agentId, name: row.agentName },
    call: row.callId === null ? null : { id: row.callId, leg: row.callLeg, direction: row.callDirection },
    secured: row.secured,
    recording: row.recording,
    fields: row.fields,
    activeField: row.activeField,
    brand: row.brand,
    progress: row.progress && { form: row.progress, inApp: row.inApp },
    reason: row.reason,
    createdBy: { kind: row.createdByKind, id: row.createdById, name: row.createdByName },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
