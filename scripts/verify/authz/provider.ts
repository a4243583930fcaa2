/** The provider at which the people of the own merchant sign in, and their ways to it. */
import { insertIdentity } from '@/db/queries/single-sign-on';
import { beginSignIn } from '@/lib/single-sign-on';
import { SETTINGS, save, sent, type TestProvider } from '@/lib/single-sign-on/testing';
import type { Merchant } from './house';
import { fresh, type Site } from './links';

export const DOMAIN = 'alder.example';
const SAVED = { ...SETTINGS, domains: [DOMAIN] };

/** Sets it up, and links everybody who works there to who they are at the provider. */
export async function signOnAt({ owner, people }: Merchant, provider: TestProvider): Promise<void> {
  await save(owner, provider, SAVED);
  const { db, merchantId } = owner;
  for (const [person, userId] of Object.entries(people))
    await insertIdentity(db, { merchantId, issuer: provider.issuer, subject: person, userId });
}

/** What the provider says of somebody whom it sends back. */
export const claimsOf = (nonce: string, mark: string) => {
  const name = fresh(mark);
  return { nonce, sub: name, email: `${name}@${DOMAIN}`, email_verified: true, groups: ['cf-viewers'] };
};

export const PROVIDED = {
  /** Somebody is on their way to the provider. */
  round: async ({ house }: Site) => {
    const begun = await beginSignIn(house.ours.owner, { domain: DOMAIN, next: null, browser: null });
    if (!begun.ok) throw new Error(begun.reason);
    const { state, browser, nonce } = sent(begun.value);
    return { state, browser, nonce };
  },
  /** The settings as they are, to be saved again. */
  signOn: async ({ house }: Site) => {
    const [row] = await house.sql`select version from single_sign_on
      where merchant_id = ${house.ours.owner.merchantId}`;
    const settings = { ...SAVED, issuer: house.provider.issuer, version: Number(row?.version) };
    return { settings: JSON.stringify(settings) };
  },
} satisfies Record<string, (site: Site) => Promise<Record<string, string>>>;
