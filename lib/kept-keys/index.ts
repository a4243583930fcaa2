import { hkdfSync } from 'node:crypto';
import type { Executor } from '@/db/client';
import { findKeptKey, insertKeptKey } from '@/db/queries/kept-keys';
import type { Services } from '../context';
import { seal, unseal } from '../crypto';
import { type KeyRing, oldestKey } from '../key-ring';

/** What is under each of them cannot be made anew: a chain that is only added to, and addresses that are known no more. */
const PURPOSES = { audit_chain: 'counterfoil/audit-chain/v1', opt_outs: 'counterfoil/opt-outs/v1' } as const;
export type KeptKey = keyof typeof PURPOSES;
const NAMES = Object.keys(PURPOSES) as KeptKey[];

export const keptKeyContext = (name: string): string => `kept_key:${name}`;

/** Made from the key of the beginning: what it signs opens nothing else. */
const derive = (ring: KeyRing, name: KeptKey): Buffer =>
  Buffer.from(hkdfSync('sha256', oldestKey(ring), '', PURPOSES[name], 32));

const known = new WeakMap<KeyRing, Map<KeptKey, Buffer>>();

/** A key that stays the same for as long as the installation lives, whatever becomes of DATA_ENCRYPTION_KEY. */
export async function keptKey(
  tx: Executor,
  { dataKey }: Pick<Services['config'], 'dataKey'>,
  name: KeptKey,
): Promise<Buffer> {
  const keys = known.get(dataKey) ?? new Map<KeptKey, Buffer>();
  known.set(dataKey, keys);
  const seen = keys.get(name);
  if (seen) return seen;
  const sealed = await findKeptKey(tx, name);
  const key =
    sealed === undefined
      ? derive(dataKey, name)
      : Buffer.from(unseal(dataKey, sealed, keptKeyContext(name)), 'base64url');
  keys.set(name, key);
  return key;
}

/** Whether they were written down. */
export const hasKeptKeys = async (tx: Executor): Promise<boolean> =>
  (await findKeptKey(tx, 'audit_chain')) !== undefined;

/** Writes them down, before the key that they are made from is taken away. */
export async function keepKeys(
  tx: Executor,
  { dataKey }: Pick<Services['config'], 'dataKey'>,
): Promise<void> {
  for (const name of NAMES) {
    const key = derive(dataKey, name).toString('base64url');
    await insertKeptKey(tx, name, seal(dataKey, key, keptKeyContext(name)));
  }
}
