import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { SCOPES } from '@/core/permissions';
import { endApiKeyWithin, isReplaced, lockApiKey } from '@/db/queries/api-keys';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { type NewApiKey, rotateInput } from '../contracts/api-clients';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { insertKey } from './create-key';
import { mayGrant, noSuch } from './internal';

/**
 * Makes a key in the place of another, with its name, scopes, networks and end. The old one works for `overlapSeconds`
 * more, so that both are good while the new one is brought to where it is used. An ended key is not rotated.
 */
export async function rotateApiKey(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<NewApiKey>> {
  const allowed = authorizeVerified(ctx, 'api_clients:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(rotateInput, raw);
  if (!parsed.ok) return parsed;
  const { overlapSeconds } = parsed.value;
  if (!isId('apiKey', id)) return noSuch('API key');
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    const old = await lockApiKey(tx, key);
    if (!old) return noSuch('API key');
    if (old.revokedAt || old.expired)
      return refuse('conflict', 'This key works no more. Make a new one instead.');
    if (await isReplaced(tx, key))
      return refuse('conflict', 'This key was replaced already. Replace the newer one.');
    const scopes = SCOPES.filter((scope) => old.scopes.includes(scope));
    const granted = mayGrant(ctx, scopes);
    if (!granted.ok) return granted;
    const { name, addresses, expiresAt } = old;
    const made = await insertKey(ctx, tx, { name, scopes, addresses, expiresAt, replaces: id });
    await endApiKeyWithin(tx, key, overlapSeconds);
    await audit(ctx, tx, 'api_key.rotate', id, { to: made.id, overlapSeconds });
    return ok(made);
  });
}
