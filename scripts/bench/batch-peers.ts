/** The peers of a batch: loops that write rows of the same content, as somebody would by hand. They check nothing. */
import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { uuidv7 } from 'uuidv7';
import { idFromUuid } from '@/core/ids';
import type { Database } from '@/db/client';
import { auditEntries, events, linkTokens, paymentLinks } from '@/db/schema';
import type { Config } from '@/lib/context';
import { mintLinkToken } from '@/lib/link-tokens';

export type Peer = { db: Database; sql: postgres.Sql; config: Config; merchantId: number; profileId: string };
type Given = {
  amountMinor: number;
  currency: string;
  reference: string;
  description: string;
  customer: { name: string; email: string };
};

const CHUNK = 1_000;
const BY = { kind: 'api_client', id: 'key_01kb1v2m4hefqs8y0t3w5z7r9c', name: 'Bench' };

function* chunksOf(body: string): Generator<Given[]> {
  const rows = JSON.parse(body) as Given[];
  for (let from = 0; from < rows.length; from += CHUNK) yield rows.slice(from, from + CHUNK);
}

/** One link as it is written: its ids, and the body of its event, as long as ours. */
function madeOf({ config, merchantId, profileId }: Peer, given: Given, now: Date) {
  const [id, event, audit, token] = [uuidv7(), uuidv7(), uuidv7(), randomUUID()];
  const expiresAt = new Date(Math.floor(now.getTime() / 1000) * 1000 + 259_200_000);
  const link = idFromUuid('paymentLink', id);
  const path = mintLinkToken(config.linkTokenKeys, {
    keyId: config.linkTokenKeys.signing,
    merchantId,
    tokenId: token,
    expiresAtSeconds: expiresAt.getTime() / 1000,
  });
  const { amountMinor, currency, reference, description, customer } = given;
  const data = {
    ...{
      id: link,
      object: 'payment_link',
      url: `${config.portalUrl}/pay/${path}`,
      status: 'active',
      version: 1,
    },
    ...{ sequence: 1, livemode: false, amountMinor, currency, amountType: 'fixed', minAmountMinor: null },
    ...{ maxAmountMinor: null, capturedMinor: 0, refundedMinor: 0, disputedMinor: 0, description, reference },
    profile: idFromUuid('profile', profileId),
    customer: { ...customer, phone: null, locale: 'en', timeZone: null },
    ...{
      lineItems: null,
      phrase: 'calm river',
      locale: 'en',
      returnUrl: null,
      callbackUrl: null,
      metadata: {},
    },
    ...{ createdBy: BY, createdAt: now.toISOString(), updatedAt: now.toISOString() },
    ...{ expiresAt: expiresAt.toISOString(), openedAt: null, paidAt: null, canceledAt: null },
  };
  const payload = JSON.stringify({
    ...{ id: idFromUuid('event', event), type: 'payment_link.created', apiVersion: '2026-11-01' },
    ...{ occurredAt: now.toISOString(), livemode: false, paymentLink: link, sequence: 1, data, previous: {} },
  });
  const noted = { amountType: 'fixed', amountMinor, currency };
  return { ...given, id, event, audit, token, link, expiresAt, payload, noted, now };
}

/** By hand: an array for each column that differs, constants in the statement. */
export async function unnestLoop(peer: Peer, body: string): Promise<void> {
  const { sql, merchantId, profileId, config } = peer;
  for (const chunk of chunksOf(body)) {
    const now = new Date();
    const made = chunk.map((given) => madeOf(peer, given, now));
    const all = <T>(of: (one: (typeof made)[number]) => T): T[] => made.map(of);
    const [ids, expires] = [all(({ id }) => id), made[0]?.expiresAt.toISOString() ?? ''];
    const at = now.toISOString();
    await sql.begin(async (tx) => {
      await tx`insert into payment_links (merchant_id, id, profile_id, access, amount_minor, ceiling_minor, currency,
          description, reference, customer_name, customer_email, locale, phrase, livemode, sequence, created_by_kind,
          created_by_id, created_by_name, created_at, updated_at, expires_at)
        select ${merchantId}, g.id, ${profileId}, 'active', g.amount, g.amount, g.currency, g.description, g.reference, g.name,
          g.email, 'en', 'calm river', false, 1, ${BY.kind}, ${BY.id}, ${BY.name}, ${at}, ${at}, ${expires}
        from unnest(${ids}::uuid[], ${all((one) => one.amountMinor)}::bigint[], ${all((one) => one.currency)}::text[],
          ${all((one) => one.description)}::text[], ${all((one) => one.reference)}::text[],
          ${all((one) => one.customer.name)}::text[], ${all((one) => one.customer.email)}::text[])
          as g (id, amount, currency, description, reference, name, email)`;
      await tx`insert into link_tokens (merchant_id, id, payment_link_id, key_id, expires_at, created_at)
        select ${merchantId}, g.token, g.id, ${config.linkTokenKeys.signing}, ${expires}, ${at}
        from unnest(${all(({ token }) => token)}::uuid[], ${ids}::uuid[]) as g (token, id)`;
      await tx`insert into events (merchant_id, id, type, payment_link_id, sequence, payload, actor_name, occurred_at)
        select ${merchantId}, g.event, 'payment_link.created', g.id, 1, g.payload, ${BY.name}, ${at}
        from unnest(${all(({ event }) => event)}::uuid[], ${ids}::uuid[], ${all(({ payload }) => payload)}::text[])
          as g (event, id, payload)`;
      await tx`insert into audit_entries (merchant_id, id, actor_kind, actor_id, action, subject, data, request_id)
        select ${merchantId}, g.audit, ${BY.kind}, ${BY.id}, 'payment_link.create', g.link, g.data::jsonb, 'bench'
        from unnest(${all(({ audit }) => audit)}::uuid[], ${all(({ link }) => link)}::text[],
          ${all(({ noted }) => JSON.stringify(noted))}::text[]) as g (audit, link, data)`;
    });
  }
}

/** With the query builder: lists of values. */
export async function drizzleLoop(peer: Peer, body: string): Promise<void> {
  const { db, merchantId, config } = peer;
  const profileId = idFromUuid('profile', peer.profileId);
  const keyId = config.linkTokenKeys.signing;
  for (const chunk of chunksOf(body)) {
    const now = new Date();
    const made = chunk.map((given) => madeOf(peer, given, now));
    await db.transaction(async (tx) => {
      await tx.insert(paymentLinks).values(
        made.map(({ link, amountMinor, currency, reference, description, customer, expiresAt }) => ({
          ...{
            merchantId,
            id: link,
            profileId,
            access: 'active' as const,
            amountMinor,
            ceilingMinor: amountMinor,
          },
          ...{ currency, reference, description, customerName: customer.name, customerEmail: customer.email },
          ...{ locale: 'en', phrase: 'calm river', livemode: false, sequence: 1, createdByKind: BY.kind },
          ...{ createdById: BY.id, createdByName: BY.name, createdAt: now, updatedAt: now, expiresAt },
        })),
      );
      await tx.insert(linkTokens).values(
        made.map(({ token, link, expiresAt }) => ({
          merchantId,
          id: token,
          paymentLinkId: link,
          keyId,
          expiresAt,
        })),
      );
      await tx.insert(events).values(
        made.map(({ event, link, payload }) => ({
          ...{ merchantId, id: idFromUuid('event', event), type: 'payment_link.created' as const },
          ...{ paymentLinkId: link, sequence: 1, payload, actorName: BY.name, occurredAt: now },
        })),
      );
      await tx.insert(auditEntries).values(
        made.map(({ audit, link, noted }) => ({
          ...{ merchantId, id: idFromUuid('audit', audit), actorKind: BY.kind, actorId: BY.id },
          ...{ action: 'payment_link.create', subject: link, data: noted, requestId: 'bench' },
        })),
      );
    });
  }
}
