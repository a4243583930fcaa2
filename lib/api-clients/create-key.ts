import { type Outcome, ok } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import { findApiKey, insertApiKey } from '@/db/queries/api-keys';
import { findMerchant } from '@/db/queries/merchants';
import { authorizeVerified } from '../authorize';
import { actorName, type Ctx } from '../context';
import { createApiKeyInput, type NewApiKey } from '../contracts/api-clients';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { parseInput, refuseField } from '../parse';
import { transact } from '../transact';
import { apiKeyView, mayGrant, readNetworks } from './internal';
import { newApiKey } from './secrets';

type Values = { name: string; scopes: string[]; addresses: string[] | null; expiresAt: Date | null };

/** Makes an API key. The answer holds its secret, once: only the hash is kept. Scopes are at most those of the actor. */
export async function createApiKey(ctx: Ctx, raw: unknown): Promise<Outcome<NewApiKey>> {
  const allowed = authorizeVerified(ctx, 'api_clients:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(createApiKeyInput, raw);
  if (!parsed.ok) return parsed;
  const { name, scopes, expiresAt = null } = parsed.value;
  const granted = mayGrant(ctx, scopes);
  if (!granted.ok) return granted;
  const networks = readNetworks(parsed.value.addresses);
  if (!networks.ok) return networks;
  return transact(ctx, async (tx) => {
    if (expiresAt && expiresAt <= (await readNow(tx))) return refuseField('expiresAt', 'must lie ahead');
    const made = await insertKey(ctx, tx, { name, scopes, addresses: networks.value, expiresAt });
    await audit(ctx, tx, 'api_key.create', made.id, { name, scopes, addresses: networks.value });
    return ok(made);
  });
}

/** The row of a new key, and its secret. */
export async function insertKey(
  ctx: Ctx,
  tx: Executor,
  { replaces, ...values }: Values & { replaces?: string },
): Promise<NewApiKey> {
  const { merchantId } = ctx;
  const merchant = await findMerchant(tx, merchantId);
  if (!merchant) throw new Error('no such merchant');
  const { key, prefix, hash } = newApiKey(merchant.livemode);
  const id = newId('apiKey');
  const createdByName = actorName(ctx.actor);
  await insertApiKey(tx, {
    merchantId,
    id,
    prefix,
    hash,
    createdByName,
    replaces: replaces ?? null,
    ...values,
  });
  const row = await findApiKey(tx, { merchantId, id });
  if (!row) throw new Error('the new key is not there');
  return { ...apiKeyView(row), key };
}
