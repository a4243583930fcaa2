import type { JobHelpers, Task, TaskList } from 'graphile-worker';
import * as z from 'zod';
import { type Outcome, ok } from '@/core/outcome';
import { traceFrom } from '@/core/trace';
import { checkAuditDaily, runAuditCheck } from '@/lib/audit';
import { startPasswordReset } from '@/lib/auth/reset';
import { runBulkAct } from '@/lib/bulk-acts';
import { settleCardTesting, watchSlowTesting } from '@/lib/card-testing';
import type { Services } from '@/lib/context';
import { applyNotification } from '@/lib/gateway-notifications';
import { keepFigures } from '@/lib/home';
import { errorText, type LogFields } from '@/lib/log';
import { sendMessage } from '@/lib/messages';
import type { Providers } from '@/lib/messaging/port';
import { STAFF_LETTERS } from '@/lib/messaging/staff-letter';
import { notePageCheck, type PageLook } from '@/lib/page-checks';
import { resolveAttempt, reverseAttempt } from '@/lib/payment-attempts';
import { runPaymentLinkBatch } from '@/lib/payment-link-batches';
import { watchSession } from '@/lib/payment-sessions';
import { type BalanceResult, balanceNextDay, runBalance, scheduleBalances } from '@/lib/reconciliation';
import { resolveRefund } from '@/lib/refunds';
import { KEEP, type Keep, keepPartitions, purge } from '@/lib/retention';
import { sendStaffLetter } from '@/lib/staff-letters';
import {
  expireLinks,
  remind,
  reviveAttempts,
  reviveBatches,
  reviveBulkActs,
  reviveMoney,
  reviveSessions,
  warnOfEnds,
} from '@/lib/sweep';
import { gatewayCtx, systemCtx } from '@/lib/system';

const SWEEP_BUDGET_MS = 30_000;
const WARN_BUDGET_MS = 10_000;
const PURGE_BUDGET_MS = 5_000;
const FIGURES_BUDGET_MS = 20_000;
const BATCH_BUDGET_MS = 15_000;

/** One wide line per job. What throws is tried again by the queue, with its back-off. */
const job =
  <T>(
    { log }: Services,
    name: string,
    payload: z.ZodType<T>,
    work: (input: T, helpers: JobHelpers) => Promise<LogFields>,
  ): Task =>
  (raw, helpers) =>
    inTrace(name, raw, async () => {
      const started = performance.now();
      const fields = (): LogFields => ({
        job: name,
        tries: helpers.job.attempts,
        ms: Math.round(performance.now() - started),
      });
      try {
        const done = await work(payload.parse(raw), helpers);
        log.info('job', { ...fields(), ...done });
      } catch (error) {
        log.warn('job_failed', { ...fields(), error: errorText(error) });
        throw error;
      }
    });

const traced = z.object({ trace: z.string() });

/** A job that somebody's act has put on the queue goes on with its trace. What is done regularly has none, and the metrics tell of it. */
function inTrace(name: string, raw: unknown, work: () => Promise<void>): Promise<void> {
  const carried = traced.safeParse(raw).data?.trace;
  return carried
    ? traceFrom(carried, { name: 'job', kind: 'consumer', attributes: { 'counterfoil.job': name } }, work)
    : work();
}

const stateOf = (outcome: Outcome<string | null>): LogFields =>
  outcome.ok ? { state: outcome.value } : { code: outcome.error.code };

const requestIdOf = (helpers: JobHelpers): string => `job_${helpers.job.id}`;

/** `subject` is profile and day, `count` the differences found. */
function balanceFields(
  merchantId: number,
  profile: string,
  outcome: Outcome<BalanceResult | null>,
): LogFields {
  if (!outcome.ok) return { merchantId, subject: profile, code: outcome.error.code };
  const { day, gaps } = outcome.value ?? { day: 'none', gaps: 0 };
  return { merchantId, subject: `${profile} ${day}`, count: gaps };
}

/** What asks a gateway, or hears of one. */
const gatewayJobs = (services: Services): TaskList => ({
  resolve_attempt: job(
    services,
    'resolve_attempt',
    z.object({ merchantId: z.int(), attempt: z.string() }),
    async ({ merchantId, attempt }, helpers) => {
      const outcome = await resolveAttempt(systemCtx(services, merchantId, requestIdOf(helpers)), attempt);
      return { merchantId, paymentAttempt: attempt, ...stateOf(outcome) };
    },
  ),
  resolve_refund: job(
    services,
    'resolve_refund',
    z.object({ merchantId: z.int(), refund: z.string() }),
    async ({ merchantId, refund }, helpers) => {
      const outcome = await resolveRefund(systemCtx(services, merchantId, requestIdOf(helpers)), refund);
      return { merchantId, subject: refund, ...stateOf(outcome) };
    },
  ),
  reverse_attempt: job(
    services,
    'reverse_attempt',
    z.object({ merchantId: z.int(), attempt: z.string() }),
    async ({ merchantId, attempt }, helpers) => {
      const outcome = await reverseAttempt(systemCtx(services, merchantId, requestIdOf(helpers)), attempt);
      return { merchantId, paymentAttempt: attempt, ...stateOf(outcome) };
    },
  ),
  apply_notification: job(
    services,
    'apply_notification',
    z.object({ merchantId: z.int(), profile: z.string(), notification: z.string() }),
    async ({ merchantId, profile, notification }, helpers) => {
      const ctx = gatewayCtx(services, merchantId, requestIdOf(helpers));
      const key = { merchantId, profileId: profile, gatewayId: notification };
      return { merchantId, subject: notification, ...stateOf(await applyNotification(ctx, key)) };
    },
  ),
});

/** What asks telephony: a call must be as it was, whatever becomes of the portal. */
const sessionJobs = (services: Services): TaskList => ({
  watch_session: job(
    services,
    'watch_session',
    z.object({ merchantId: z.int(), session: z.string() }),
    async ({ merchantId, session }, helpers) => {
      const outcome = await watchSession(systemCtx(services, merchantId, requestIdOf(helpers)), session);
      const state = outcome.ok ? ok(outcome.value.state) : outcome;
      return { merchantId, subject: session, ...stateOf(state) };
    },
  ),
});

/** Reads a gateway's report page after page, for minutes. */
const balanceJobs = (services: Services): TaskList => ({
  balance_profile: job(
    services,
    'balance_profile',
    z.object({ merchantId: z.int(), profile: z.string() }),
    async ({ merchantId, profile }, helpers) => {
      const ctx = systemCtx(services, merchantId, requestIdOf(helpers));
      return balanceFields(merchantId, profile, await balanceNextDay(ctx, profile));
    },
  ),
  balance_day: job(
    services,
    'balance_day',
    z.object({ merchantId: z.int(), profile: z.string(), day: z.string() }),
    async ({ merchantId, profile, day }, helpers) => {
      const ctx = systemCtx(services, merchantId, requestIdOf(helpers));
      return balanceFields(merchantId, profile, await runBalance(ctx, profile, day));
    },
  ),
});

/** Many links at once: work for the processor, so it has one slot, and lets go of it every few seconds. */
const batchJobs = (services: Services): TaskList => ({
  issue_batch: job(
    services,
    'issue_batch',
    z.object({ merchantId: z.int(), batch: z.string() }),
    async ({ merchantId, batch }) => {
      const outcome = await runPaymentLinkBatch(services, { merchantId, id: batch }, BATCH_BUDGET_MS);
      return { merchantId, subject: batch, ...stateOf(outcome) };
    },
  ),
  run_bulk_act: job(
    services,
    'run_bulk_act',
    z.object({ merchantId: z.int(), bulkAct: z.string() }),
    async ({ merchantId, bulkAct }) => {
      const outcome = await runBulkAct(services, { merchantId, id: bulkAct }, BATCH_BUDGET_MS);
      return { merchantId, subject: bulkAct, ...stateOf(outcome) };
    },
  ),
});

/** Messages, and what keeps the house in order. No gateway is asked here. */
const houseJobs = (services: Services, providers: Providers, keep: Keep): TaskList => ({
  send_message: job(
    services,
    'send_message',
    z.object({ merchantId: z.int(), message: z.string() }),
    async ({ merchantId, message }, helpers) => {
      const { attempts, max_attempts } = helpers.job;
      const ctx = systemCtx(services, merchantId, requestIdOf(helpers));
      const outcome = await sendMessage(ctx, message, providers, attempts >= max_attempts);
      return { merchantId, message, ...stateOf(outcome) };
    },
  ),
  start_password_reset: job(
    services,
    'start_password_reset',
    z.object({ email: z.string(), address: z.string(), requestId: z.string() }),
    async (asked) => stateOf(await startPasswordReset(services, asked)),
  ),
  send_staff_letter: job(
    services,
    'send_staff_letter',
    z.object({
      merchantId: z.int(),
      user: z.string(),
      letter: z.enum(STAFF_LETTERS),
      link: z.string().optional(),
      secret: z.string().optional(),
    }),
    async ({ merchantId, ...queued }, helpers) => {
      const { attempts, max_attempts } = helpers.job;
      const ctx = systemCtx(services, merchantId, requestIdOf(helpers));
      const outcome = await sendStaffLetter(ctx, queued, providers.mail, attempts >= max_attempts);
      return { merchantId, subject: queued.user, ...stateOf(outcome) };
    },
  ),
  balance: job(services, 'balance', z.unknown(), async () => ({ count: await scheduleBalances(services) })),
  figures: job(services, 'figures', z.unknown(), async () => ({
    count: await keepFigures(services, FIGURES_BUDGET_MS),
  })),
  partitions: job(services, 'partitions', z.unknown(), async () => ({
    count: await keepPartitions(services, keep),
  })),
  sweep: job(services, 'sweep', z.unknown(), async (_payload, helpers) => {
    const revived = await reviveAttempts(services);
    if (revived > 0) services.log.warn('attempts_revived', { count: revived });
    const more = await reviveMoney(services);
    if (more > 0) services.log.warn('money_revived', { count: more });
    const batches = await reviveBatches(services);
    if (batches > 0) services.log.warn('batches_revived', { count: batches });
    const acts = await reviveBulkActs(services);
    if (acts > 0) services.log.warn('bulk_acts_revived', { count: acts });
    const sessions = await reviveSessions(services);
    if (sessions > 0) services.log.warn('sessions_revived', { count: sessions });
    const expired = await expireLinks(services, requestIdOf(helpers), SWEEP_BUDGET_MS);
    await warnOfEnds(services, requestIdOf(helpers), WARN_BUDGET_MS);
    await remind(services, requestIdOf(helpers), WARN_BUDGET_MS);
    await settleCardTesting(services);
    await watchSlowTesting(services, requestIdOf(helpers));
    const purged = await purge(services, PURGE_BUDGET_MS, keep);
    if (purged > 0) services.log.info('purged', { count: purged });
    return { count: expired };
  }),
});

/** Reads the whole audit trail, for minutes where it is long: in a slot of its own. */
const auditJobs = (services: Services): TaskList => ({
  check_audit: job(services, 'check_audit', z.object({ check: z.int() }), async ({ check }, helpers) => ({
    count: await runAuditCheck(services, check, requestIdOf(helpers)),
  })),
  check_audit_daily: job(
    services,
    'check_audit_daily',
    z.object({ hasWaited: z.literal(1).optional() }),
    async ({ hasWaited }, helpers) => ({
      count: await checkAuditDaily(services, requestIdOf(helpers), { hasWaited: hasWaited === 1 }),
    }),
  ),
});

/** Looks at the payer's page as payers get it. */
export type LookAtPage = () => Promise<PageLook>;

const pageJobs = (services: Services, look: LookAtPage): TaskList => ({
  look_at_page: job(services, 'look_at_page', z.unknown(), async (_payload, helpers) => {
    const seen = await look();
    await notePageCheck(services, requestIdOf(helpers), seen);
    return { state: seen.result, count: seen.findings.length };
  }),
});

/** Jobs that share slots, which no other group can take. */
export type JobGroup = { tasks: TaskList; slots: number };

/** Everything the queue runs, the looks at the page where this worker has a browser for them. What waits for a gateway has slots of its own, so that a slow one holds up nothing else. */
export const jobGroups = (
  services: Services,
  providers: Providers,
  look: LookAtPage | null = null,
  keep: Keep = KEEP,
): JobGroup[] => [
  { tasks: { ...houseJobs(services, providers, keep), ...(look && pageJobs(services, look)) }, slots: 5 },
  { tasks: gatewayJobs(services), slots: 5 },
  { tasks: sessionJobs(services), slots: 3 },
  { tasks: balanceJobs(services), slots: 1 },
  { tasks: batchJobs(services), slots: 1 },
  { tasks: auditJobs(services), slots: 1 },
];
