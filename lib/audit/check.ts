import { type Outcome, ok, refuse } from '@/core/outcome';
import { readHead } from '@/db/queries/audit-chain';
import {
  type AuditCheckRow,
  endAuditCheck,
  findLastAuditChecks,
  findLastFaults,
  insertAuditCheck,
  noteAuditProgress,
} from '@/db/queries/audit-checks';
import { addJob } from '@/db/queries/jobs';
import { listMerchantIds } from '@/db/queries/merchants';
import { raiseAlert } from '../alerts/raise';
import { authorize } from '../authorize';
import type { Ctx, Services } from '../context';
import { audit } from '../events/audit';
import { errorText } from '../log';
import { systemCtx } from '../system';
import { executor, transact } from '../transact';
import { isSealedLately, verifyAudit } from './verify';

/** How a check of the whole trail went, or goes. `faults`: a sentence each, the first wrong entry first. */
export type AuditCheck = {
  askedAt: string;
  endedAt: string | null;
  entries: number;
  ofEntries: number;
  faults: string[];
  failure: string | null;
};
/** Up to when entries are sealed, how many, and the checks: one under way, and the last that ended. */
export type AuditStanding = {
  sealedThrough: string | null;
  sealed: number;
  running: AuditCheck | null;
  last: AuditCheck | null;
};

const view = (row: AuditCheckRow): AuditCheck => ({
  askedAt: row.askedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  entries: row.entries,
  ofEntries: row.ofEntries,
  faults: row.faults,
  failure: row.failure,
});

/** How the audit trail of this installation stands: it is one chain over all merchants. */
export async function readAuditStanding(ctx: Ctx): Promise<Outcome<AuditStanding>> {
  const allowed = authorize(ctx, 'audit:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const head = await readHead(tx);
  const checks = await findLastAuditChecks(tx);
  const running = checks.find(({ endedAt, isDead }) => endedAt === null && !isDead);
  const last = checks.find(({ endedAt }) => endedAt !== null);
  return ok({
    sealedThrough: head?.at.toISOString() ?? null,
    sealed: head?.seq ?? 0,
    running: running ? view(running) : null,
    last: last ? view(last) : null,
  });
}

/** Has the worker check the whole trail, unless it is at it. */
export async function requestAuditCheck(ctx: Ctx): Promise<Outcome<true>> {
  const allowed = authorize(ctx, 'audit:read');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const row = await insertAuditCheck(tx, (await readHead(tx))?.seq ?? 0);
    if (!row) return refuse('conflict', 'The audit trail is being checked at this moment.');
    await audit(ctx, tx, 'audit_trail.check', 'audit_trail');
    await addJob(tx, 'check_audit', { check: row.id }, { key: 'check_audit', maxAttempts: 1 });
    return ok(true);
  });
}

/** Checks the trail, telling how far it is; what it found is kept, and told to every merchant. How many faults. */
export async function runAuditCheck(services: Services, id: number, requestId: string): Promise<number> {
  const { db } = services;
  try {
    const onProgress = (entries: number) => noteAuditProgress(db, id, entries);
    const { entries, faults } = await verifyAudit(services, { onProgress });
    await db.transaction(async (tx) => {
      const isNews = String(faults) !== String(await findLastFaults(tx));
      await endAuditCheck(tx, id, { entries, faults });
      if (faults.length > 0 && isNews)
        for (const merchantId of await listMerchantIds(tx))
          await raiseAlert(systemCtx(services, merchantId, requestId), tx, brokenAlert(faults.length));
    });
    if (faults.length > 0) services.log.error('audit_trail_broken', { count: faults.length });
    return faults.length;
  } catch (error) {
    services.log.error('audit_check_failed', { error: errorText(error) });
    await endAuditCheck(db, id, {
      failure: 'It was broken off. Check again; the log of the worker says more.',
    });
    throw error;
  }
}

/** Which entries is for whoever may read the trail. */
const brokenAlert = (count: number) => ({
  kind: 'audit_trail_broken' as const,
  subject: 'audit_trail',
  message: `The audit log is not as it was written: ${count === 1 ? 'one finding' : `${count} findings`}. See what at Settings, Audit log; keep the logs and the last backups, and find out who can write to the database.`,
});

const SEALER_SECONDS = 60;

/**
 * The check of each day. A worker that has just started has not looked at the end yet: so the check waits for a minute, once, and
 * then tells what it finds.
 */
export async function checkAuditDaily(
  services: Services,
  requestId: string,
  { hasWaited }: { hasWaited: boolean },
): Promise<number> {
  const { db } = services;
  if (!hasWaited && !(await isSealedLately(db))) {
    const options = { delaySeconds: SEALER_SECONDS, key: 'check_audit_daily', maxAttempts: 1 };
    await addJob(db, 'check_audit_daily', { hasWaited: 1 }, options);
    return 0;
  }
  const row = await insertAuditCheck(db, (await readHead(db))?.seq ?? 0);
  return row ? runAuditCheck(services, row.id, requestId) : 0;
}
