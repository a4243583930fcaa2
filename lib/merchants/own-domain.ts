import * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { findMerchant, listPayOrigins, setPayOrigin } from '@/db/queries/merchants';
import { authorize, authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { parseInput, refuseField } from '../parse';
import { executor, transact } from '../transact';

/** Where payers of a merchant are shown their pages. `free`: domains of this installation that no other merchant has. */
export type OwnDomain = { payOrigin: string | null; free: string[]; portalOrigin: string };

const MISSING = refuse('not_found', 'There is no such merchant.');

/** The merchant's own domain, and which it could have. */
export async function readOwnDomain(ctx: Ctx): Promise<Outcome<OwnDomain>> {
  const allowed = authorize(ctx, 'branding:write');
  if (!allowed.ok) return allowed;
  const merchant = await findMerchant(executor(ctx), ctx.merchantId);
  if (!merchant) return MISSING;
  const taken = await listPayOrigins(executor(ctx));
  const { payOrigins, portalUrl } = ctx.config;
  const { payOrigin } = merchant;
  const free = payOrigins.filter((origin) => origin === payOrigin || !taken.includes(origin));
  return ok({ payOrigin, free, portalOrigin: portalUrl });
}

const changeOwnDomainInput = z.strictObject({ payOrigin: z.string().max(255).nullable() });

/**
 * Says at which domain payers are shown their pages; null: at the portal's. Counts for addresses that are given from then on:
 * those that are out lead where they did. An owner's word, freshly proved: it is what payers trust.
 */
export async function changeOwnDomain(ctx: Ctx, raw: unknown): Promise<Outcome<OwnDomain>> {
  const allowed = authorizeVerified(ctx, 'merchants:domain');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeOwnDomainInput, raw, ['payOrigin']);
  if (!parsed.ok) return parsed;
  const { payOrigin } = parsed.value;
  if (payOrigin !== null && !ctx.config.payOrigins.includes(payOrigin))
    return refuseField('payOrigin', 'is not a domain that this installation serves (PAY_ORIGINS)');
  return transact(ctx, async (tx) => {
    const before = await findMerchant(tx, ctx.merchantId);
    if (!before) return MISSING;
    if (payOrigin !== before.payOrigin) {
      if (!(await setPayOrigin(tx, ctx.merchantId, payOrigin)))
        return refuse('conflict', 'Another merchant has this domain.');
      const data = { payOrigin: { from: before.payOrigin, to: payOrigin } };
      await audit(ctx, tx, 'merchant.update', String(ctx.merchantId), data);
    }
    return readOwnDomain({ ...ctx, tx });
  });
}
