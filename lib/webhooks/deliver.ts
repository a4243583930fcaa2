import { RETRY_LIMIT_MS, retryDelayMs } from '@/core/retry-schedule';
import { traceHeaders } from '@/core/trace';
import type { Claim } from '@/db/queries/webhook-claims';
import { type Acknowledgement, SLOW_MS } from '@/db/queries/webhooks';
import type { Config } from '../context';
import { type Proof, proveWith } from '../crm/credentials';
import type { Resolve } from '../egress/guard';
import { BUDGETS, type Budgets, type PostOptions, type PostResult, post } from '../egress/post';
import type { KeyRing } from '../key-ring';
import { Recent } from '../recent';
import { keepAnswer, keepHeaders, retryAfterMs } from './answer';
import { unsealHeaders, unsealSecret, unsealSigningKey } from './internal';
import { signedHeaders } from './sign';

export type DeliverOptions = { resolve?: Resolve; budgets?: Budgets };
export type Delivered = {
  ack: Acknowledgement;
  /** The endpoint answered 410: it never wants to hear again. A callback that does ends itself alone. */
  gone: boolean;
};

/**
 * Sends one claimed delivery once and says what becomes of it: any 2xx is success, everything else is tried again on the
 * schedule, 410 is the end. The same bytes under the same id on every try, write-backs too, signed at the database's time: to be called as soon
 * as the claim is had. Writes nothing.
 */
export async function deliver(
  config: Config,
  claim: Claim,
  options: DeliverOptions = {},
): Promise<Delivered> {
  const { merchantId, id, fence } = claim;
  const base = { merchantId, id, fence, delayMs: 0, ...NOTHING_SENT };
  if (claim.endpointDisabled) return { ack: { ...base, state: 'disabled' }, gone: false };
  const started = performance.now();
  const { result, headers } = await send(config, claim, options);
  const log = {
    ...NOTHING_SENT,
    tried: true,
    counts: !wasCutShort(claim, result),
    url: claim.url,
    requestHeaders: headers,
    durationMs: Math.round(performance.now() - started),
    ...(result.kind === 'answered'
      ? {
          status: result.status,
          answer: keepAnswer(result.answer),
          answerHeaders: keepHeaders(result.headers),
          error: result.cut,
        }
      : { error: `${result.stage}: ${result.reason}`.slice(0, 300) }),
  };
  const status = log.status ?? 0;
  if (status >= 200 && status < 300) return { ack: { ...base, ...log, state: 'succeeded' }, gone: false };
  if (status === 410) return { ack: { ...base, ...log, state: 'disabled' }, gone: !claim.isCallback };
  const delayMs = nextDelayMs(claim, result, new Date(claim.claimedAt.getTime() + log.durationMs));
  const state = delayMs === null ? 'exhausted' : 'retrying';
  return { ack: { ...base, ...log, state, delayMs: delayMs ?? 0 }, gone: false };
}

const NOTHING_SENT = {
  tried: false,
  counts: false,
  url: null,
  requestHeaders: null,
  status: null,
  error: null,
  answer: null,
  answerHeaders: null,
  durationMs: 0,
} as const;

/** The first try to an endpoint that has always been quick holds its place for two seconds at the most. */
const isImpatient = ({ tries, isSlow }: Claim): boolean => tries === 0 && !isSlow;
const wasCutShort = (claim: Claim, result: PostResult): boolean =>
  isImpatient(claim) && result.kind === 'failed' && result.late;
const cutAt = (ms: number, { headersMs, totalMs, ...rest } = BUDGETS): Budgets => ({
  ...rest,
  headersMs: Math.min(ms, headersMs),
  totalMs: Math.min(ms, totalMs),
});

type Sent = { result: PostResult; headers: Headers | null };
type Headers = Record<string, string>;

/** Sends once. `headers` are those that were sent, to be kept: without the values of the merchant's own. */
async function send(config: Config, claim: Claim, options: DeliverOptions): Promise<Sent> {
  let own: Headers;
  let ours: Headers;
  try {
    [own, ours] = headersOf(config.dataKey, claim);
  } catch {
    const reason = 'the signing secret cannot be read';
    return { result: { kind: 'failed', stage: 'before', reason, late: false }, headers: null };
  }
  const wire = {
    allow: config.egressAllow,
    ...options,
    ...(isImpatient(claim) && { budgets: cutAt(SLOW_MS, options.budgets) }),
  };
  const begun = performance.now();
  const proof = await proofOf(config, claim, wire);
  if (!proof.ok)
    return {
      result: { kind: 'failed', stage: 'before', reason: proof.reason, late: proof.late },
      headers: null,
    };
  const theirs = { ...own, ...proof.headers };
  // Both exchanges have one budget: a try ends before a worker that is asked to stop has to go.
  const left = Math.max(1, Math.ceil((wire.budgets ?? BUDGETS).totalMs - (performance.now() - begun)));
  const result = await post(claim.url, { ...theirs, ...ours }, claim.payload, {
    ...wire,
    budgets: cutAt(left, wire.budgets),
    method: claim.method,
  });
  if (result.kind === 'answered' && result.status === 401) proof.forget();
  const hidden = Object.fromEntries(Object.keys(theirs).map((name) => [name, HIDDEN]));
  return { result, headers: { ...hidden, ...ours } };
}

/** What an endpoint of a profile proves itself with beside its signature. */
async function proofOf(config: Config, claim: Claim, wire: PostOptions): Promise<Proof> {
  const { credentials, sealedCredential: credentialSecret, merchantId, endpointId: id } = claim;
  if (credentials === null) return { ok: true, headers: {}, forget: () => {} };
  try {
    const owner = { merchantId, of: 'write_back', id } as const;
    return await proveWith(config.dataKey, owner, { credentials, credentialSecret }, wire);
  } catch {
    return { ok: false, reason: 'the credentials cannot be read', late: false };
  }
}
const HIDDEN = '•••';

/** What was unsealed for the endpoints that were sent to last, by the key that seals: it takes as long as a signature. */
const unsealed = new WeakMap<KeyRing, Recent<string>>();
type Owner = { merchantId: number; id: string };

function openOnce(dataKey: KeyRing, owner: Owner, sealed: string, open: typeof unsealSecret): string {
  const known = unsealed.get(dataKey) ?? new Recent<string>(1_000);
  unsealed.set(dataKey, known);
  const whose = [owner.merchantId, owner.id, sealed].join(' ');
  return known.get(whose, () => open(dataKey, owner, sealed));
}

/** The merchant's own headers, and ours, which win. */
function headersOf(dataKey: KeyRing, claim: Claim): [Headers, Headers] {
  const owner = { merchantId: claim.merchantId, id: claim.endpointId };
  const opened = (sealed: (string | null)[], open: typeof unsealSecret): string[] =>
    sealed.filter((one) => one !== null).map((one) => openOnce(dataKey, owner, one, open));
  const signers = {
    secrets: opened([claim.sealedSecret, claim.sealedPreviousSecret], unsealSecret),
    privateKeys: opened([claim.sealedSigningKey, claim.sealedPreviousSigningKey], unsealSigningKey),
  };
  const ours = {
    ...signedHeaders(signers, claim.messageId, claim.payload, claim.claimedAt),
    ...(claim.isWriteBack && { 'idempotency-key': claim.messageId }),
    ...traceHeaders(),
    'content-type': 'application/json',
    'user-agent': 'Counterfoil/1',
  };
  return [unsealHeaders(dataKey, owner, claim.sealedHeaders), ours];
}

/** The schedule's next delay, or longer where the receiver asks for it; null when the schedule is over. */
function nextDelayMs(claim: Claim, result: PostResult, now: Date): number | null {
  const scheduled = retryDelayMs(claim.scheduleTries + 1, claim.scheduleMs, Math.random() * 2 - 1);
  if (scheduled === null) return null;
  const asked = result.kind === 'answered' ? retryAfterMs(result.retryAfter, now) : 0;
  const delay = Math.max(scheduled, asked);
  return claim.scheduleMs + delay > RETRY_LIMIT_MS ? null : delay;
}
