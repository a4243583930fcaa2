/** Links of a merchant, and what all that is made here shares. */
import { uuidFromId } from '@/core/ids';
import type { Outcome } from '@/core/outcome';
import { SCOPES } from '@/core/permissions';
import type { Ctx } from '@/lib/context';
import { createPaymentLink } from '@/lib/payment-links';
import type { House, Merchant } from './house';

export type Site = { house: House; merchant: Merchant };

let count = 0;
export const next = (): number => ++count;
/** Text of this merchant's that nothing else has. */
export const fresh = (mark: string): string => `${mark}-${next()}`;

export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
}

/** The merchant's own system, which holds every scope. */
export const machine = ({ owner }: Merchant): Ctx => ({
  ...owner,
  actor: { kind: 'api_client', id: 'maker', name: 'maker', scopes: SCOPES },
});

export async function issue({ merchant: { owner, mark } }: Site, more: object = {}) {
  const name = fresh(mark);
  const made = await createPaymentLink(owner, {
    amountMinor: 1240,
    currency: 'GBP',
    description: `${name} order`,
    reference: name,
    customer: { name, email: `${name}@example.test`, phone: '+44 7700 900123' },
    ...more,
  });
  const { id, url } = must(made);
  return { id, token: url.slice(url.lastIndexOf('/') + 1), reference: name };
}

export const uuid = (id: string): string => uuidFromId('paymentLink', id) ?? '';

export async function expired(site: Site) {
  const link = await issue(site);
  const { sql } = site.house;
  await sql`update payment_links set expires_at = cf_now() - interval '1 hour' where id = ${uuid(link.id)}`;
  return link;
}
