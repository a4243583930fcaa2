import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import {
  appendChain,
  type Head,
  hasRoot,
  insertRoot,
  listUnsealed,
  lockChain,
  readHead,
  writeHead,
} from '@/db/queries/audit-chain';
import type { Services } from '../context';
import { sameBytes } from '../crypto';
import { keptKey } from '../kept-keys';
import { GENESIS, headSeal, hex, linkMac, rootSeal } from './macs';

const MOST_ENTRIES = 2_000;
/** No transaction lasts as long: what is not there by then will not come. */
const LATE_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/** Signed anew, it would pass for one of ours. */
const NOT_OURS = 'the end of the audit trail was not written by this installation';

/** How a pass went: how many entries it sealed, and whether there may be more. Null where another worker has the turn. */
export type Sealed = { count: number; isWhole: boolean } | null;

/**
 * Seals audit entries that are not sealed yet behind each other, and says anew where the chain ends and when that was looked at: a
 * chain that was cut off has an old end. Notes the root of a day that is over.
 */
export async function sealAudit(services: Services): Promise<Sealed> {
  return services.db.transaction(async (tx) => {
    if (!(await lockChain(tx))) return null;
    const key = await keptKey(tx, services.config, 'audit_chain');
    const now = await readNow(tx);
    const before = await readHead(tx);
    if (before && !sameBytes(before.seal, headSeal(key, before))) throw new Error(NOT_OURS);
    const since = before ? new Date(before.at.getTime() - LATE_MS) : null;
    const entries = await listUnsealed(tx, since, MOST_ENTRIES);
    const isWhole = entries.length < MOST_ENTRIES;
    if (before) await closeDay(services, key, tx, before, now);
    let { seq, mac } = before ?? { seq: 0, mac: GENESIS };
    const links = entries.map(({ merchantId, auditId, text }) => {
      seq += 1;
      mac = linkMac(key, mac, seq, text ?? '');
      return { seq, merchantId, auditId, mac };
    });
    await appendChain(tx, links);
    // While there is more to seal the look back must not move on.
    const at = isWhole || !before ? now : before.at;
    await writeHead(tx, signed(key, { seq, mac, at }));
    return { count: links.length, isWhole };
  });
}

const signed = (key: Buffer, head: Omit<Head, 'seal'>): Head => ({ ...head, seal: headSeal(key, head) });

/** The first look after midnight (UTC) writes down where the chain stood. In the log it is out of the database's reach. */
async function closeDay({ log }: Services, key: Buffer, tx: Executor, head: Head, now: Date): Promise<void> {
  const day = new Date(now.getTime() - DAY_MS).toISOString().slice(0, 10);
  if (head.seq === 0 || (await hasRoot(tx, day))) return;
  const root = { day, seq: head.seq, mac: head.mac };
  if (await insertRoot(tx, { ...root, seal: rootSeal(key, root) }))
    log.info('audit_root', { subject: day, count: head.seq, root: hex(head.mac) });
}
