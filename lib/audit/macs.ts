import { createHmac, hkdfSync } from 'node:crypto';
import type { Head, Root } from '@/db/queries/audit-chain';
import type { Config } from '../context';

/** What the first link is chained to. */
export const GENESIS = new Uint8Array(32);

/** The chain's key is of its own, from the installation's: what seals entries opens nothing else. */
const keyOf = ({ dataKey }: Config): Buffer =>
  Buffer.from(hkdfSync('sha256', dataKey, '', 'counterfoil/audit-chain/v1', 32));

const macOf = (config: Config, purpose: string, ...parts: (string | Uint8Array)[]): Buffer => {
  const mac = createHmac('sha256', keyOf(config)).update(`${purpose}\n`);
  for (const part of parts) mac.update(part).update('\n');
  return mac.digest();
};

/** Seals one entry behind another. */
export const linkMac = (config: Config, before: Uint8Array, seq: number, text: string): Buffer =>
  macOf(config, 'link', before, String(seq), text);

export const headSeal = (config: Config, { seq, mac, at }: Omit<Head, 'seal'>): Buffer =>
  macOf(config, 'head', String(seq), mac, at.toISOString());

export const rootSeal = (config: Config, { day, seq, mac }: Omit<Root, 'seal'>): Buffer =>
  macOf(config, 'root', day, String(seq), mac);

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
