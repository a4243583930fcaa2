/** What the ways in are about, made as the product makes it: each call gives a new one of that merchant's. */
import { randomBytes } from 'node:crypto';
import { idFromUuid, uuidFromId } from '@/core/ids';
import type { Permission } from '@/core/permissions';
import { SCOPES } from '@/core/permissions';
import { insertProfile } from '@/db/queries/installation';
import { findProfile } from '@/db/queries/merchants';
import { raiseAlert } from '@/lib/alerts/raise';
import { createApiKey, createOAuthClient } from '@/lib/api-clients';
import { listAuditEntries } from '@/lib/audit';
import { newPasswordLink } from '@/lib/auth/password-link';
import { prepareBulkAct, startBulkAct } from '@/lib/bulk-acts';
import { saveFormLookup } from '@/lib/form-lookups';
import { addGatewayAccount } from '@/lib/gateway-accounts';
import { newId } from '@/lib/ids';
import { mintAttemptHandle } from '@/lib/link-tokens/attempt-handle';
import { mintUnsubscribe } from '@/lib/link-tokens/unsubscribe';
import { receivePaymentLinkBatch, startPaymentLinkBatch } from '@/lib/payment-link-batches';
import { listLinkEvents, listLinkMessages } from '@/lib/payment-links';
import { createRefund } from '@/lib/refunds';
import { createWebhookEndpoint } from '@/lib/webhooks';
import { deskTokens, launch, session, sessionTokens } from './agents';
import { expired, fresh, issue, machine, must, next, type Site, uuid } from './links';
import { submitted } from './payments';
import { PEOPLE } from './people';
import { PROVIDED } from './provider';

/** A merchant may have fifty: those of earlier cells give way, but for the first ones, which are shared. */
async function endpoint({ house, merchant: { owner, mark } }: Site, more: object = {}) {
  await house.sql`update webhook_endpoints set deleted_at = cf_now() where id in (
    select id from (select id, row_number() over (order by id) as first, row_number() over (order by id desc) as last
      from webhook_endpoints where merchant_id = ${owner.merchantId} and deleted_at is null) ranked
    where first > 12 and last > 24)`;
  const url = `${house.plan.config.urls.sandbox}/receiver/${fresh(mark)}`;
  return { id: must(await createWebhookEndpoint(owner, { url, ...more })).id };
}

async function told(site: Site) {
  const { merchant, house } = site;
  const { id: to } = await endpoint(site, { types: ['payment_link.created'] });
  const { id: link } = await issue(site);
  const [event] = must(await listLinkEvents(merchant.owner, link, {})).data as { id: string }[];
  if (!event) throw new Error('the link has no event');
  const [row] = await house.sql`select id from webhook_deliveries
    where event_id = ${uuidFromId('event', event.id)} and endpoint_id = ${uuidFromId('webhookEndpoint', to)}`;
  return { event: event.id, endpoint: to, delivery: idFromUuid('delivery', String(row?.id)) };
}

export async function apiKey({ merchant: { owner, mark } }: Site, scopes: readonly Permission[]) {
  const { id, key } = must(await createApiKey(owner, { name: fresh(mark), scopes: [...scopes] }));
  return { id, key };
}

async function bulkPrepared(site: Site) {
  const links = [(await issue(site)).id];
  return { id: must(await prepareBulkAct(site.merchant.owner, { act: 'cancel', links })).id };
}

async function profile({ merchant: { owner, mark, profile: like } }: Site) {
  const { merchantId, db } = owner;
  const account = (await findProfile(db, merchantId, like))?.gatewayAccountId;
  if (!account) throw new Error('the profile has no account');
  const id = newId('profile');
  await insertProfile(db, { merchantId, id, name: fresh(mark), gatewayAccountId: account });
  return { id };
}

/** A gateway account as an owner types it in. */
export const accountOf = ({ house: { plan } }: Pick<Site, 'house'>, of: string) => ({
  ...{ profile: of, gateway: 'sandbox', url: `${plan.config.urls.sandbox}/gateway` },
  ...{ apiKey: plan.secrets.SANDBOX_GATEWAY_KEY, notificationSecret: '' },
});

export const MAKERS = {
  ...PEOPLE,
  ...PROVIDED,
  link: (site: Site) => issue(site),
  /** With a message on its way. */
  sentLink: async (site: Site) => {
    const link = await issue(site, { send: [{ channel: 'email' }] });
    const [message] = must(await listLinkMessages(site.merchant.owner, link.id, {})).data;
    if (!message) throw new Error('the link has no message');
    const { linkTokenKeys } = site.merchant.owner.config;
    const { merchantId } = site.merchant.owner;
    return {
      ...link,
      message: message.id,
      unsubscribe: mintUnsubscribe(linkTokenKeys, { merchantId, message: message.id }),
    };
  },
  askedLink: (site: Site) => issue(site, { challenge: { kind: 'postcode', postcode: 'SW1A 1AA' } }),
  codedLink: (site: Site) => issue(site, { challenge: { kind: 'passcode' } }),
  lockedLink: async (site: Site) => {
    const link = await issue(site);
    await site.house.sql`update payment_links set access = 'locked' where id = ${uuid(link.id)}`;
    return link;
  },
  expiredLink: (site: Site) => expired(site),
  linkRequest: async (site: Site) => {
    const link = await expired(site);
    const [id, { merchantId }] = [newId('linkRequest'), site.merchant.owner];
    await site.house.sql`insert into link_requests (merchant_id, id, payment_link_id, state)
      values (${merchantId}, ${uuidFromId('linkRequest', id)}, ${uuid(link.id)}, 'pending')`;
    return { id };
  },
  begun: (site: Site) => submitted(site, 'begun'),
  sent: (site: Site) => submitted(site, 'sent'),
  paid: (site: Site) => submitted(site, 'paid'),
  held: (site: Site) => submitted(site, 'held'),
  bankCheck: (site: Site) => submitted(site, 'bank check'),
  unknown: (site: Site) => submitted(site, 'unknown'),
  returned: async (site: Site) => {
    const { attempt } = await submitted(site, 'bank check');
    return { handle: mintAttemptHandle(site.merchant.owner.config.linkTokenKeys, attempt, new Date()) };
  },
  refund: async (site: Site) => {
    const { id: paymentLink } = await submitted(site, 'paid');
    return { id: must(await createRefund(site.merchant.owner, { paymentLink })).id };
  },
  endpoint: (site: Site) => endpoint(site),
  disabledEndpoint: async (site: Site) => {
    const made = await endpoint(site);
    await site.house.sql`update webhook_endpoints set disabled_at = cf_now(), disabled_reason = 'person'
      where id = ${uuidFromId('webhookEndpoint', made.id)}`;
    return made;
  },
  told,
  batch: async ({ merchant }: Site) => {
    const rows = JSON.stringify([{ amountMinor: 1, currency: 'GBP', reference: fresh(merchant.mark) }]);
    async function* chunks() {
      yield Buffer.from(rows);
    }
    const ctx = machine(merchant);
    const { id } = must(await receivePaymentLinkBatch(ctx, {}, { format: 'json', chunks: chunks() }));
    return { id: must(await startPaymentLinkBatch(ctx, id)).id };
  },
  bulkPrepared,
  bulkAct: async (site: Site) => {
    const { id } = await bulkPrepared(site);
    return { id: must(await startBulkAct(site.merchant.owner, id, { reason: 'No longer owed' })).id };
  },
  request: async ({ house, merchant: { owner, mark } }: Site) => {
    const id = newId('request');
    await house.sql`insert into api_requests (merchant_id, id, client_id, client_name, method, path, query, status,
      duration_ms, address, replayed, at) values (${owner.merchantId}, ${uuidFromId('request', id)}, 'key', ${mark}, 'GET',
      '/api/v1/ledger', '{}', 200, 1, '127.0.0.1', false, cf_now())`;
    return { id };
  },
  session: (site: Site) => session(site, site.merchant.people.agent),
  launch,
  tokens: async (site: Site) => ({ refresh: (await deskTokens(site)).refreshToken }),
  frame: async (site: Site) => {
    const { id, guid } = await session(site, site.merchant.people.agent);
    const { accessToken, refreshToken } = await sessionTokens(site, id);
    await site.house.sql`update payment_sessions set compatible = '{}' where id = ${guid}`;
    return { guid, bearer: accessToken, refresh: refreshToken };
  },
  key: (site: Site) => apiKey(site, ['payment_links:read']),
  client: async ({ merchant: { owner, mark } }: Site) => {
    const made = must(await createOAuthClient(owner, { name: fresh(mark), scopes: [...SCOPES] }));
    return { id: made.id, secret: made.clientSecret };
  },
  profile,
  standard: async ({ merchant }: Site) => ({ id: merchant.profile }),
  lookup: async (site: Site) => {
    const { id } = await profile(site);
    const wish = { profile: id, version: null, url: `${site.house.plan.config.urls.sandbox}/crm/lookup` };
    must(await saveFormLookup(site.merchant.owner, { ...wish, credentials: { kind: 'signature' } }));
    return { id };
  },
  alert: async ({ merchant: { owner, mark } }: Site) => {
    const subject = fresh(mark);
    await raiseAlert(owner, owner.db, { kind: 'mismatch', subject, message: `${subject} is wrong` });
    return { subject };
  },
  notice: async ({ house, merchant: { owner, mark, profile: id } }: Site) => {
    const notice = fresh(mark);
    await house.sql`insert into gateway_notifications (merchant_id, profile_id, gateway_id, type, payload, state)
      values (${owner.merchantId}, ${uuidFromId('profile', id)}, ${notice}, 'payment.captured',
      '{"kind":"unreadable"}', 'quarantined')`;
    return { profile: id, id: notice };
  },
  report: async ({ house, merchant: { owner, profile: of } }: Site) => {
    const id = newId('balanceReport');
    await house.sql`insert into balance_reports (merchant_id, id, profile_id, day, currency, gateway_minor, ledger_minor,
      events_minor) values (${owner.merchantId}, ${uuidFromId('balanceReport', id)}, ${uuidFromId('profile', of)},
      current_date - ${next()}::int, 'GBP', 0, 0, 0)`;
    return { id };
  },
  passwordLink: async ({ merchant: { owner, people } }: Site) => {
    const id = people.spare;
    const url = await newPasswordLink(owner, owner.db, { merchantId: owner.merchantId, id });
    return { secret: url.slice(url.indexOf('#') + 1) };
  },
  logo: async ({ house, merchant: { owner } }: Site) => {
    const hash = randomBytes(32).toString('base64url');
    await house.sql`insert into logos (merchant_id, hash, image) values (${owner.merchantId}, ${hash}, ${Buffer.from('x')})`;
    return { merchant: String(owner.merchantId), hash };
  },
  branding: async ({ house, merchant: { owner } }: Site) => {
    const [row] =
      await house.sql`select branding_version as version from merchants where id = ${owner.merchantId}`;
    return { version: String(row?.version) };
  },
  sentence: async ({ house, merchant: { owner } }: Site) => {
    const [row] = await house.sql`select version from own_sentences
      where merchant_id = ${owner.merchantId} and kind = 'request' and locale = 'en'`;
    return { version: String(row?.version ?? 0) };
  },
  auditEntry: async (site: Site) => {
    const { id: subject } = await apiKey(site, ['ledger:read']);
    const [entry] = must(await listAuditEntries(site.merchant.owner, { subject })).data;
    if (!entry) throw new Error('the audit log does not tell of the key');
    return { id: entry.id };
  },
  /** No check of the audit trail runs. */
  unchecked: async ({ house }: Site) => {
    await house.sql`update audit_checks set ended_at = cf_now() where ended_at is null`;
    return {};
  },
  account: async (site: Site) => ({
    id: must(await addGatewayAccount(site.merchant.owner, accountOf(site, (await profile(site)).id))),
  }),
  takingPayments: async ({ house, merchant: { owner } }: Site) => {
    await house.sql`update merchants set breaker_until = null where id = ${owner.merchantId}`;
    return {};
  },
  pausedPayments: async ({ house, merchant: { owner } }: Site) => {
    await house.sql`update merchants set breaker_until = cf_now() + interval '5 minutes' where id = ${owner.merchantId}`;
    return {};
  },
  telephony: async ({ merchant }: Site) => ({ id: merchant.telephony }),
} satisfies Record<string, (site: Site) => Promise<Record<string, string>>>;
