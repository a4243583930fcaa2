import { createHmac } from 'node:crypto';
import type { Head, Root } from '@/db/queries/audit-chain';

/** What the first link is chained to. */
export const GENESIS = new Uint8Array(32);

const macOf = (key: Buffer, purpose: string, ...parts: (string | Uint8Array)[]): Buffer => {
  const mac = createHmac('sha256', key).update(`${purpose}\n`);
  for (const part of parts) mac.update(part).update('\n');
  return mac.digest();
};

/** Seals one entry behind another. */
export const linkMac = (key: Buffer, before: Uint8Array, seq: number, text: string): Buffer =>
  macOf(key, 'link', before, String(seq), text);

export const headSeal = (key: Buffer, { seq, mac, at }: Omit<Head, 'seal'>): Buffer =>
  macOf(key, 'head', String(seq), mac, at.toISOString());

export const rootSeal = (key: Buffer, { day, seq, mac }: Omit<Root, 'seal'>): Buffer =>
  macOf(key, 'root', day, String(seq), mac);

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
