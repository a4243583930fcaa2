/** Faults told by control: which request they hit, how often, and what they do to it. */
import * as z from 'zod';
import { type Answer, failure, json, type Reply } from './http';
import { newId } from './ids';

const KINDS = [
  'delay',
  'refuse',
  'reset_before',
  'reset_after',
  'error_after',
  'drop_answer',
  'garble',
  'duplicate',
  'reorder',
  'lose',
] as const;
export type FaultKind = (typeof KINDS)[number];

const REQUEST_KINDS: readonly FaultKind[] = [
  'delay',
  'refuse',
  'reset_before',
  'reset_after',
  'error_after',
  'drop_answer',
  'garble',
];
const SMTP_KINDS = REQUEST_KINDS.filter((kind) => kind !== 'garble');
const REPORT_KINDS: readonly FaultKind[] = ['delay', 'duplicate', 'lose'];

/** Which kinds make sense for which operation of which target. */
const SENSE: Record<string, Record<string, readonly FaultKind[]>> = {
  gateway: Object.fromEntries(
    ['authorize', 'read', 'capture', 'void', 'refund', 'void_by_reference'].map((name) => [
      name,
      REQUEST_KINDS,
    ]),
  ),
  sms: { send: REQUEST_KINDS, report: REPORT_KINDS },
  smtp: { send: SMTP_KINDS, report: REPORT_KINDS },
};
const MATCHES: Record<string, readonly string[]> = {
  gateway: ['reference', 'paymentLink'],
  sms: ['reference', 'to'],
  smtp: ['reference', 'to'],
};

export const faultInput = z
  .strictObject({
    target: z.enum(['gateway', 'gateway_webhooks', 'sms', 'smtp', 'crm', 'telephony']),
    operation: z.string().optional(),
    match: z
      .strictObject({
        reference: z.string(),
        paymentLink: z.string(),
        receiver: z.string(),
        to: z.string(),
      })
      .partial()
      .default({}),
    kind: z.enum(KINDS),
    delayMs: z.int().min(1).max(600_000).optional(),
    status: z.int().min(400).max(599).optional(),
    times: z.int().min(1).max(1_000_000).optional(),
    rate: z.number().gt(0).max(1).optional(),
    seed: z.int().min(0).max(0xffff_ffff).default(1),
  })
  .superRefine((fault, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const operations = SENSE[fault.target];
    if (!operations) return complain('target', `${fault.target} is not played by this sandbox yet`);
    const kinds =
      fault.operation === undefined ? Object.values(operations).flat() : operations[fault.operation];
    if (!kinds) return complain('operation', `one of ${Object.keys(operations).join(', ')}`);
    if (!kinds.includes(fault.kind))
      complain('kind', `${fault.kind} makes no sense for ${fault.target} ${fault.operation ?? ''}`.trim());
    for (const key of Object.keys(fault.match))
      if (!MATCHES[fault.target]?.includes(key)) complain('match', `${fault.target} has no ${key}`);
    if (fault.kind === 'delay' && fault.delayMs === undefined) complain('delayMs', 'a delay needs it');
    if (fault.delayMs !== undefined && fault.kind !== 'delay' && fault.kind !== 'drop_answer')
      complain('delayMs', 'only for delay and drop_answer');
    if (fault.status !== undefined && fault.kind !== 'refuse' && fault.kind !== 'error_after')
      complain('status', 'only for refuse and error_after');
  });
export type FaultInput = z.output<typeof faultInput>;

export type FaultSubject = { reference?: string | null; paymentLink?: string | null; to?: string | null };
export type Fault = FaultInput & { id: string; fired: number; limit: number; random: () => number };

/** Mulberry32: the same seed gives the same run. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Faults {
  #faults: Fault[] = [];

  /** `times` counts hits and is 1 unless said, or without limit where a `rate` is given. */
  add(input: FaultInput): string {
    const limit = input.times ?? (input.rate === undefined ? 1 : Number.POSITIVE_INFINITY);
    const fault: Fault = { ...input, id: newId('fault'), fired: 0, limit, random: seeded(input.seed) };
    this.#faults.push(fault);
    return fault.id;
  }

  remove(id: string): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    return this.#faults.length < before;
  }

  clear(): void {
    this.#faults = [];
  }

  list(): object[] {
    return this.#faults
      .map(({ random: _, limit, ...fault }) => ({ ...fault, spent: fault.fired >= limit }))
      .reverse();
  }

  /** The first fault, by age, that hits this request; it counts as fired. */
  pick(target: 'gateway' | 'sms' | 'smtp', operation: string, subject: FaultSubject): Fault | null {
    const hit = this.#faults.find((fault) => {
      if (fault.target !== target || fault.fired >= fault.limit) return false;
      if (fault.operation !== undefined && fault.operation !== operation) return false;
      if (!SENSE[target]?.[operation]?.includes(fault.kind)) return false;
      const { reference, paymentLink, to } = fault.match;
      if (reference !== undefined && reference !== subject.reference) return false;
      if (paymentLink !== undefined && paymentLink !== subject.paymentLink) return false;
      if (to !== undefined && to.toLowerCase() !== subject.to?.toLowerCase()) return false;
      return fault.rate === undefined || fault.random() < fault.rate;
    });
    if (hit) hit.fired += 1;
    return hit ?? null;
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
export const SILENCE_MS = 60_000;

/** Half an answer that still says 200: valid HTTP, broken JSON. */
const garbled = (answer: Answer): Answer => ({
  ...answer,
  body: answer.body.slice(0, answer.body.length / 2),
});

/** Runs a request under a fault. `refuse`, `reset_before` do nothing; `delay` comes before the work; the rest after it. */
export async function underFault(fault: Fault | null, work: () => Promise<Reply>): Promise<Reply> {
  if (!fault) return work();
  if (fault.kind === 'refuse') return failure(fault.status ?? 503, 'unavailable', 'Refused on purpose.');
  if (fault.kind === 'reset_before') return { act: 'destroy' };
  if (fault.kind === 'delay') await sleep(fault.delayMs ?? 0);
  const reply = await work();
  if (fault.kind === 'reset_after') return { act: 'destroy' };
  if (fault.kind === 'drop_answer') return { act: 'silence', ms: fault.delayMs ?? SILENCE_MS };
  if (fault.kind === 'error_after')
    return json(fault.status ?? 500, { code: 'internal', message: 'On purpose.' });
  return fault.kind === 'garble' && !('act' in reply) ? garbled(reply) : reply;
}
