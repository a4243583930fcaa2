import { RETRY_LIMIT_MS, retryDelayMs } from '@/core/retry-schedule';
import type { Acknowledgement, Claim } from '@/db/queries/webhooks';
import type { Config } from '../context';
import { unseal } from '../crypto';
import type { Resolve } from '../egress/guard';
import { type Budgets, type PostResult, post } from '../egress/post';
import { keepAnswer, retryAfterMs } from './answer';
import { webhookSecretContext } from './internal';
import { webhookHeaders } from './sign';

export type DeliverOptions = { resolve?: Resolve; budgets?: Budgets };
export type Delivered = {
  ack: Acknowledgement;
  /** The receiver answered 410: it never wants to hear again. */
  gone: boolean;
};

/**
 * Sends one claimed delivery once and says what becomes of it: any 2xx is success, everything else is tried again on the
 * schedule, 410 is the end. The same bytes under the same id on every try. Writes nothing.
 */
export async function deliver(
  config: Config,
  claim: Claim,
  options: DeliverOptions = {},
): Promise<Delivered> {
  const { merchantId, id, fence } = claim;
  const base = { merchantId, id, fence, delayMs: 0, status: null, error: null, answer: null, durationMs: 0 };
  if (claim.endpointDisabled) return { ack: { ...base, state: 'disabled', tried: false }, gone: false };
  const started = performance.now();
  const result = await send(config, claim, options);
  const log = {
    tried: true,
    durationMs: Math.round(performance.now() - started),
    ...(result.kind === 'answered'
      ? { status: result.status, answer: keepAnswer(result.answer), error: result.cut }
      : { status: null, answer: null, error: `${result.stage}: ${result.reason}`.slice(0, 300) }),
  };
  const status = log.status ?? 0;
  if (status >= 200 && status < 300) return { ack: { ...base, ...log, state: 'succeeded' }, gone: false };
  if (status === 410) return { ack: { ...base, ...log, state: 'disabled' }, gone: true };
  const delayMs = nextDelayMs(claim, result);
  const state = delayMs === null ? 'exhausted' : 'retrying';
  return { ack: { ...base, ...log, state, delayMs: delayMs ?? 0 }, gone: false };
}

async function send(config: Config, claim: Claim, options: DeliverOptions): Promise<PostResult> {
  let secret: string;
  try {
    secret = unseal(
      config.dataKey,
      claim.sealedSecret,
      webhookSecretContext(claim.merchantId, claim.endpointId),
    );
  } catch {
    return { kind: 'failed', stage: 'before', reason: 'the signing secret cannot be read' };
  }
  const headers = {
    ...webhookHeaders(secret, claim.eventId, claim.payload, new Date()),
    'content-type': 'application/json',
    'user-agent': 'Counterfoil/1',
  };
  return post(claim.url, headers, claim.payload, { allow: config.egressAllow, ...options });
}

/** The schedule's next delay, or longer where the receiver asks for it; null when the schedule is over. */
function nextDelayMs(claim: Claim, result: PostResult): number | null {
  const scheduled = retryDelayMs(claim.tries + 1, claim.ageMs, Math.random() * 2 - 1);
  if (scheduled === null) return null;
  const asked = result.kind === 'answered' ? retryAfterMs(result.retryAfter, new Date()) : 0;
  const delay = Math.max(scheduled, asked);
  return claim.ageMs + delay > RETRY_LIMIT_MS ? null : delay;
}
