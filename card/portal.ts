import { type KeyObject, randomBytes, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  answerSigningInput,
  type CardCall,
  type CardTicket,
  callSigningInput,
  type ResultCall,
  SIGNATURE_HEADERS,
  type SubmitCall,
  type SubmitGrant,
} from '@/core/card-ticket';
import type { KeypadReport } from '@/core/keypad';
import { ATTEMPT_HANDLE } from '@/core/payment-attempt';
import { trace, traceHeaders } from '@/core/trace';
import { isSignedBy } from './ticket';
import { post } from './wire';

export type Portal = { portalUrl: string; signingKey: KeyObject; ticketKeys: readonly KeyObject[] };
export type Refusal = { status: number; code: string; message: string };

const SUBMIT_BUDGET_MS = 8_000;
const RESULT_BUDGET_MS = 20_000;
const RESULT_TRIES = 6;
const RESULT_TRY_MS = 5_000;
const KEYPAD_BUDGET_MS = 4_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** One signed call; null unless the portal's own signature binds the answer to it. */
const call: typeof ask = (portal, name, content, limits) =>
  trace({ name: 'POST', kind: 'client', route: `/internal/card/${name}` }, async (span) => {
    const answer = await ask(portal, name, content, limits);
    if (answer) span.note({ 'http.response.status_code': answer.status });
    else span.fail('no_answer');
    return answer;
  });

async function ask(
  portal: Portal,
  name: CardCall,
  content: SubmitCall | ResultCall | KeypadReport,
  { budgetMs, signal }: { budgetMs: number; signal: AbortSignal },
): Promise<{ status: number; body: unknown } | null> {
  const body = JSON.stringify(content);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString('base64url');
  const signature = sign(
    null,
    Buffer.from(callSigningInput(name, timestamp, nonce, body)),
    portal.signingKey,
  );
  const answer = await post({
    url: new URL(`/internal/card/${name}`, portal.portalUrl),
    headers: {
      'content-type': 'application/json',
      ...traceHeaders(),
      [SIGNATURE_HEADERS.timestamp]: timestamp,
      [SIGNATURE_HEADERS.nonce]: nonce,
      [SIGNATURE_HEADERS.signature]: signature.toString('base64url'),
    },
    body: Buffer.from(body),
    budgetMs,
    maxAnswerBytes: MAX_ANSWER_BYTES,
    signal,
  });
  if (answer.kind !== 'answered') return null;
  const signed = answerSigningInput(nonce, answer.status, answer.body);
  if (!isSignedBy(portal.ticketKeys, signed, String(answer.headers[SIGNATURE_HEADERS.signature])))
    return null;
  try {
    return { status: answer.status, body: JSON.parse(answer.body) };
  } catch {
    return null;
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The grant when it is for this very ticket. */
function grantFor(ticket: CardTicket, value: unknown): SubmitGrant | null {
  const grant = record(value);
  const gateway = record(grant.gateway);
  const same = (['attempt', 'paymentLink', 'amountMinor', 'currency', 'channel'] as const).every(
    (field) => grant[field] === ticket[field],
  );
  const usable =
    ATTEMPT_HANDLE.test(String(grant.handle)) &&
    typeof grant.capture === 'boolean' &&
    typeof grant.sendWithinMs === 'number' &&
    gateway.kind === 'sandbox' &&
    URL.canParse(String(gateway.url)) &&
    typeof gateway.apiKey === 'string' &&
    typeof gateway.account === 'string';
  return same && usable ? (value as SubmitGrant) : null;
}

/**
 * Asks for the attempt's one right to be sent. `mismatch`: the right was given, but for something else than the ticket says.
 * `unavailable`: no answer that can be trusted. In every case but `granted` nothing may be sent.
 */
export async function submit(
  portal: Portal,
  ticket: CardTicket,
  content: SubmitCall,
  signal: AbortSignal,
): Promise<
  | { kind: 'granted'; grant: SubmitGrant }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'mismatch' }
  | { kind: 'unavailable' }
> {
  const answer = await call(portal, 'submit', content, { budgetMs: SUBMIT_BUDGET_MS, signal });
  if (!answer) return { kind: 'unavailable' };
  if (answer.status === 200) {
    const grant = grantFor(ticket, answer.body);
    return grant ? { kind: 'granted', grant } : { kind: 'mismatch' };
  }
  const { code, message } = record(answer.body);
  if (answer.status < 400 || answer.status > 499 || typeof code !== 'string' || typeof message !== 'string')
    return { kind: 'unavailable' };
  return { kind: 'refused', refusal: { status: answer.status, code, message } };
}

/** Tells the portal what the gateway said, again and again for 20 s; the attempt's new state, or null if it never knew. */
export async function report(
  portal: Portal,
  content: ResultCall,
  signal: AbortSignal,
): Promise<string | null> {
  const end = performance.now() + RESULT_BUDGET_MS;
  for (let tries = 0; tries < RESULT_TRIES && performance.now() < end; tries++) {
    if (tries > 0)
      await sleep(Math.min(250 * 2 ** (tries - 1), end - performance.now()), null, { signal }).catch(
        () => {},
      );
    const budgetMs = Math.min(RESULT_TRY_MS, end - performance.now());
    if (signal.aborted || budgetMs <= 0) return null;
    const answer = await call(portal, 'result', content, { budgetMs, signal });
    if (answer && answer.status < 500) {
      const { attempt, state } = record(answer.body);
      return answer.status === 200 && attempt === content.attempt ? String(state) : null;
    }
  }
  return null;
}

/** Tells the portal, once, how a capture stands; whether it is still wanted, or null when there is no answer to go by. */
export async function tellCapture(
  portal: Portal,
  content: KeypadReport,
  signal: AbortSignal,
): Promise<boolean | null> {
  const answer = await call(portal, 'keypad', content, { budgetMs: KEYPAD_BUDGET_MS, signal });
  if (answer?.status === 404 || answer?.status === 409) return false;
  const { keep } = record(answer?.body);
  return answer?.status === 200 && typeof keep === 'boolean' ? keep : null;
}
