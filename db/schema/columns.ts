import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';
import { type IdKind, idFromUuid, uuidFromId } from '@/core/ids';

/** A public id in TypeScript (`plink_…`), a 16-byte uuid in the table. */
export const typeId = (kind: IdKind) =>
  customType<{ data: string; driverData: string }>({
    dataType: () => 'uuid',
    toDriver: (id) => {
      const uuid = uuidFromId(kind, id);
      if (!uuid) throw new Error(`not a ${kind} id`);
      return uuid;
    },
    fromDriver: (uuid) => idFromUuid(kind, uuid),
  });

export const paymentLinkId = typeId('paymentLink');
export const paymentLinkBatchId = typeId('paymentLinkBatch');
export const paymentAttemptId = typeId('paymentAttempt');
export const profileId = typeId('profile');
export const gatewayAccountId = typeId('gatewayAccount');
export const userId = typeId('user');
export const eventId = typeId('event');
export const endpointId = typeId('webhookEndpoint');
export const deliveryId = typeId('delivery');
export const messageId = typeId('message');
export const refundId = typeId('refund');
export const formLookupId = typeId('formLookup');
export const disputeId = typeId('dispute');
export const paymentSessionId = typeId('paymentSession');
export const captureId = typeId('capture');
export const telephonyAccountId = typeId('telephonyAccount');
export const agentTokenId = typeId('agentToken');
export const bulkActId = typeId('bulkAct');

/** The merchant's number: it leads every key, so that a table can be distributed or partitioned by it. */
export const merchantKey = () => bigint('merchant_id', { mode: 'number' }).notNull();

/** An instant, to the millisecond, in UTC. */
export const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Minor units of a currency. */
export const minor = (name: string) => bigint(name, { mode: 'number' });

/** Bytes as they are. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
