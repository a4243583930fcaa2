import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import {
  countUnsealed,
  type Head,
  type Link,
  listChain,
  listRoots,
  readHead,
} from '@/db/queries/audit-chain';
import type { Services } from '../context';
import { sameBytes } from '../crypto';
import { keptKey } from '../kept-keys';
import { GENESIS, headSeal, hex, linkMac, rootSeal } from './macs';

const AT_ONCE = 5_000;
/** The sealer looks every few seconds; an end that is older than this was put back, or nobody seals. */
const FRESH_MS = 60_000;
const MOST_TOLD = 50;

/** `roots`: days and what the log said of them, by which a chain that was cut off and sealed anew is known. */
export type VerifyOptions = {
  roots?: ReadonlyMap<string, string>;
  isStopped?: boolean;
  /** Told after each part how many entries were looked at. */
  onProgress?: (entries: number) => Promise<void>;
};
/** What does not hold, a sentence each; empty where the whole trail is as it was written. `entries`: how many were looked at. */
export type AuditReport = { entries: number; through: string | null; faults: string[] };

/** Whether somebody seals. */
export async function isSealedLately(tx: Executor): Promise<boolean> {
  const head = await readHead(tx);
  return head !== undefined && (await readNow(tx)).getTime() - head.at.getTime() <= FRESH_MS;
}

/**
 * Holds the audit trail against its chain: an entry that was changed, taken out, put in or moved, and an end that was cut off. Reads
 * all of it, in parts, and changes nothing.
 */
export async function verifyAudit(services: Services, options: VerifyOptions = {}): Promise<AuditReport> {
  const { db, config } = services;
  return db.transaction(
    async (tx) => {
      const faults: string[] = [];
      const tell = (fault: string) => faults.length < MOST_TOLD && faults.push(fault);
      const key = await keptKey(tx, config, 'audit_chain');
      const head = await readHead(tx);
      const roots = await listRoots(tx);
      const known = new Map(roots.map((root) => [root.seq, root]));
      const at = new Map<string, string>();
      let before: { seq: number; mac: Uint8Array } = { seq: 0, mac: GENESIS };
      for (;;) {
        const links = await listChain(tx, before.seq, AT_ONCE);
        for (const link of links) {
          for (const fault of faultsOf(key, before, link)) tell(fault);
          const root = known.get(link.seq);
          if (root && sameBytes(root.mac, link.mac)) at.set(root.day, hex(link.mac));
          before = link;
        }
        await options.onProgress?.(before.seq);
        if (links.length < AT_ONCE) break;
      }
      for (const fault of faultsOfHead(key, head, before, await readNow(tx), options)) tell(fault);
      for (const root of roots) {
        if (!sameBytes(root.seal, rootSeal(key, root)))
          tell(`The root of ${root.day} was not written by this installation.`);
        else if (!at.has(root.day))
          tell(`The chain no longer holds what was the root of ${root.day}, number ${root.seq}.`);
      }
      for (const [day, mac] of options.roots ?? [])
        if (at.get(day) !== mac) tell(`The root of ${day} is not the one that was logged.`);
      const unsealed = await countUnsealed(tx, FRESH_MS / 1000);
      if (unsealed > 0 && !options.isStopped)
        tell(`${unsealed} entries are in no chain: they were put in behind the sealer, or nobody seals.`);
      return { entries: before.seq, through: head?.at.toISOString() ?? null, faults };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

function faultsOf(key: Buffer, before: { seq: number; mac: Uint8Array }, link: Link): string[] {
  const { seq, auditId, text, mac } = link;
  const faults = [];
  if (seq !== before.seq + 1)
    faults.push(`Numbers ${before.seq + 1} to ${seq - 1} of the chain are missing.`);
  if (text === null) faults.push(`Number ${seq}: entry ${auditId} was taken out.`);
  else if (!sameBytes(mac, linkMac(key, before.mac, seq, text)))
    faults.push(`Number ${seq}: entry ${auditId} is not what was sealed there, or not behind what it was.`);
  return faults;
}

function faultsOfHead(
  key: Buffer,
  head: Head | undefined,
  last: { seq: number; mac: Uint8Array },
  now: Date,
  { isStopped = false }: VerifyOptions,
): string[] {
  if (!head)
    return last.seq > 0 || !isStopped
      ? ['There is no end of the chain: nothing was ever sealed, or it was taken out.']
      : [];
  if (!sameBytes(head.seal, headSeal(key, head)))
    return ['The end of the chain was not written by this installation.'];
  if (head.seq !== last.seq || !sameBytes(head.mac, last.mac))
    return [
      `The chain ends at number ${last.seq}, and was sealed up to ${head.seq}: it was cut off, or added to.`,
    ];
  const isOld = now.getTime() - head.at.getTime() > FRESH_MS;
  return isOld && !isStopped
    ? [
        `The end of the chain was last looked at ${head.at.toISOString()}: an older one was put back, or no worker runs.`,
      ]
    : [];
}
