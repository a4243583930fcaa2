import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import {
  authenticatorApps,
  formLookups,
  gatewayAccounts,
  idempotencyKeys,
  keptKeys,
  paymentSessions,
  singleSignOn,
  telephonyAccounts,
  webhookEndpoints,
} from '@/db/schema';
import { totpContext } from '../../auth/factors/totp';
import { credentialContext } from '../../crm/credentials';
import { lookupContext } from '../../form-lookups/internal';
import { gatewayContext, notificationContext } from '../../gateways';
import { answerContext } from '../../idempotency';
import { keptKeyContext } from '../../kept-keys';
import { sourceContext } from '../../payment-sessions/secure';
import { clientSecretContext } from '../../single-sign-on/provider';
import { telephonyContext } from '../../telephony';
import { headersContext, keyContext, secretContext } from '../../webhooks/internal';

/** A column that is encrypted with DATA_ENCRYPTION_KEY: whose rows, and what each value is bound to. */
export type SealedColumn = {
  table: PgTable;
  key: Record<string, AnyPgColumn>;
  column: AnyPgColumn;
  contextOf: (key: Record<string, unknown>) => string;
};

/** A column, with its context from the columns of its key. */
const sealed = <K extends Record<string, AnyPgColumn>>(
  table: PgTable,
  key: K,
  column: AnyPgColumn,
  contextOf: (key: { [N in keyof K]: K[N]['_']['data'] }) => string,
): SealedColumn => ({ table, key, column, contextOf: contextOf as SealedColumn['contextOf'] });

const [w, f, g, t] = [webhookEndpoints, formLookups, gatewayAccounts, telephonyAccounts];
const ofEndpoint = { merchantId: w.merchantId, id: w.id };
const ofLookup = { merchantId: f.merchantId, profileId: f.profileId };
const ofGateway = { merchantId: g.merchantId, id: g.id, profileId: g.profileId };
const ofTelephony = { merchantId: t.merchantId, id: t.id };
const ofApp = { merchantId: authenticatorApps.merchantId, id: authenticatorApps.userId };
const ofSession = { merchantId: paymentSessions.merchantId, id: paymentSessions.id };
const ofAnswer = {
  merchantId: idempotencyKeys.merchantId,
  path: idempotencyKeys.path,
  key: idempotencyKeys.key,
};

/** Every column that is. What is sealed elsewhere lives for minutes, or in a job until it is done (`countLetters`). */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  sealed(g, ofGateway, g.gatewaySecret, ({ merchantId, profileId }) => gatewayContext(merchantId, profileId)),
  sealed(g, ofGateway, g.notificationSecret, ({ merchantId, profileId }) =>
    notificationContext(merchantId, profileId),
  ),
  sealed(w, ofEndpoint, w.secret, ({ merchantId, id }) => secretContext(merchantId, id)),
  sealed(w, ofEndpoint, w.previousSecret, ({ merchantId, id }) => secretContext(merchantId, id)),
  sealed(w, ofEndpoint, w.signingKey, keyContext),
  sealed(w, ofEndpoint, w.previousSigningKey, keyContext),
  sealed(w, ofEndpoint, w.headers, ({ merchantId, id }) => headersContext(merchantId, id)),
  sealed(w, ofEndpoint, w.credentialSecret, (key) => credentialContext({ ...key, of: 'write_back' })),
  sealed(f, ofLookup, f.secret, lookupContext),
  sealed(f, ofLookup, f.credentialSecret, ({ merchantId, profileId }) =>
    credentialContext({ merchantId, id: profileId, of: 'form_lookup' }),
  ),
  sealed(t, ofTelephony, t.secret, (key) => telephonyContext('secret', key)),
  sealed(t, ofTelephony, t.notificationSecret, (key) => telephonyContext('notification', key)),
  sealed(authenticatorApps, ofApp, authenticatorApps.secret, totpContext),
  sealed(paymentSessions, ofSession, paymentSessions.captureSource, sourceContext),
  sealed(singleSignOn, { merchantId: singleSignOn.merchantId }, singleSignOn.clientSecret, ({ merchantId }) =>
    clientSecretContext(merchantId),
  ),
  sealed(idempotencyKeys, ofAnswer, idempotencyKeys.answer, answerContext),
  sealed(keptKeys, { name: keptKeys.name }, keptKeys.sealed, ({ name }) => keptKeyContext(name)),
];
