import type { JobHelpers, Task, TaskList } from 'graphile-worker';
import * as z from 'zod';
import type { Services } from '@/lib/context';
import { errorText, type LogFields } from '@/lib/log';
import { sendMessage } from '@/lib/messages';
import type { Providers } from '@/lib/messaging/port';
import { resolveAttempt } from '@/lib/payment-attempts';
import { expireLinks, reviveAttempts } from '@/lib/sweep';
import { systemCtx } from '@/lib/system';

const SWEEP_BUDGET_MS = 45_000;

/** One wide line per job. What throws is tried again by the queue, with its back-off. */
const job =
  <T>(
    { log }: Services,
    name: string,
    payload: z.ZodType<T>,
    work: (input: T, helpers: JobHelpers) => Promise<LogFields>,
  ): Task =>
  async (raw, helpers) => {
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
  };

const requestIdOf = (helpers: JobHelpers): string => `job_${helpers.job.id}`;

/** Everything the queue runs. */
export function taskList(services: Services, providers: Providers): TaskList {
  return {
    send_message: job(
      services,
      'send_message',
      z.object({ merchantId: z.int(), message: z.string() }),
      async ({ merchantId, message }, helpers) => {
        const { attempts, max_attempts } = helpers.job;
        const ctx = systemCtx(services, merchantId, requestIdOf(helpers));
        const outcome = await sendMessage(ctx, message, providers, attempts >= max_attempts);
        return {
          merchantId,
          message,
          ...(outcome.ok ? { state: outcome.value } : { code: outcome.error.code }),
        };
      },
    ),
    resolve_attempt: job(
      services,
      'resolve_attempt',
      z.object({ merchantId: z.int(), attempt: z.string() }),
      async ({ merchantId, attempt }, helpers) => {
        const outcome = await resolveAttempt(systemCtx(services, merchantId, requestIdOf(helpers)), attempt);
        const result = outcome.ok ? { state: outcome.value } : { code: outcome.error.code };
        return { merchantId, paymentAttempt: attempt, ...result };
      },
    ),
    sweep: job(services, 'sweep', z.unknown(), async (_payload, helpers) => {
      const revived = await reviveAttempts(services);
      if (revived > 0) services.log.warn('attempts_revived', { count: revived });
      return { count: await expireLinks(services, requestIdOf(helpers), SWEEP_BUDGET_MS) };
    }),
  };
}
