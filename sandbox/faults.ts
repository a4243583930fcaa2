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
const NOTIFICATION_KINDS: readonly FaultKind[] = ['delay', 'duplicate', 'reorder', 'lose', 'garble'];
const GATEWAY_OPERATIONS = [
  'prepare',
  'authorize',
  'read',
  'capture',
  'void',
  'refund',
  'read_refund',
  'void_by_reference',
  'report',
];
const every = (operations: readonly string[], kinds: readonly FaultKind[]) =>
  Object.fromEntries(operations.map((operation) => [operation, kinds]));

/** Keys go in order, one at a time, so there is nothing to reorder; what is cut is tried again. */
const DIGIT_KINDS: readonly FaultKind[] = ['delay', 'duplicate', 'lose', 'reset_before', 'reset_after'];

const TARGETS = ['gateway', 'gateway_webhooks', 'sms', 'smtp', 'crm', 'telephony'] as const;
type Target = (typeof TARGETS)[number];

/** Which kinds make sense for which operation of which target. */
const SENSE: Record<Target, Record<string, readonly FaultKind[]>> = {
  gateway: every(GATEWAY_OPERATIONS, REQUEST_KINDS),
  gateway_webhooks: every(['payment', 'refund', 'dispute'], NOTIFICATION_KINDS),
  sms: { send: REQUEST_KINDS, report: REPORT_KINDS },
  smtp: { send: SMTP_KINDS, report: REPORT_KINDS },
  crm: every(['lookup', 'write_back'], REQUEST_KINDS),
  telephony: {
    ...every(['find', 'suspend', 'resume', 'secure', 'release'], REQUEST_KINDS),
    digits: DIGIT_KINDS,
    event: REPORT_KINDS,
  },
};
const MATCHES: Record<Target, readonly string[]> = {
  gateway: ['reference', 'paymentLink'],
  gateway_webhooks: ['reference', 'paymentLink'],
  sms: ['reference', 'to'],
  smtp: ['reference', 'to'],
  crm: ['reference'],
  telephony: ['reference'],
};

export const faultInput = z
  .strictObject({
    target: z.enum(TARGETS),
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
    const kinds =
      fault.operation === undefined ? Object.values(operations).flat() : operations[fault.operation];
    if (!kinds) return complain('operation', `one of ${Object.keys(operations).join(', ')}`);
    if (!kinds.includes(fault.kind))
      complain('kind', `${fault.kind} makes no sense for ${fault.target} ${fault.operation ?? ''}`.trim());
    for (const key of Object.keys(fault.match))
      if (!MATCHES[fault.target].includes(key)) complain('match', `${fault.target} has no ${key}`);
    if (fault.kind === 'delay' && fault.delayMs === undefined) complain('delayMs', 'a delay needs it');
    if (fault.delayMs !== undefined && fault.kind !== 'delay' && fault.kind !== 'drop_answer')
      complain('delayMs', 'only for delay and drop_answer');
    if (fault.status !== undefined && fault.kind !== 'refuse' && fault.kind !== 'error_after')
      complain('status', 'only for refuse and error_after');
  });
export type FaultInput = z.output<typeof faultInput>;

/** `alias`: a second reference that a match may name, a refund's own beside its payment's. */
export type FaultSubject = {
  reference?: string | null;
  alias?: string | null;
  paymentLink?: string | null;
  to?: string | null;
};
export type Fault = FaultInput & {
  id: string;
  /** Counts up with age. */
  order: number;
  fired: number;
  limit: number;
  random: () => number;
};

/** Where a fault is kept and looked for: by the first thing it matches, so that thousands of them cost nothing. */
const keyOf = ({ reference, paymentLink, to }: FaultInput['match']): string => {
  if (reference !== undefined) return `reference ${reference}`;
  if (paymentLink !== undefined) return `paymentLink ${paymentLink}`;
  return to === undefined ? 'any' : `to ${to.toLowerCase()}`;
};
const keysOf = ({ reference, alias, paymentLink, to }: FaultSubject): string[] => [
  'any',
  ...(reference ? [`reference ${reference}`] : []),
  ...(alias ? [`reference ${alias}`] : []),
  ...(paymentLink ? [`paymentLink ${paymentLink}`] : []),
  ...(to ? [`to ${to.toLowerCase()}`] : []),
];

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
  #all = new Map<string, Fault>();
  #active = new Map<string, Fault[]>();
  #made = 0;

  /** `times` counts hits and is 1 unless said, or without limit where a `rate` is given. */
  add(input: FaultInput): string {
    const limit = input.times ?? (input.rate === undefined ? 1 : Number.POSITIVE_INFINITY);
    const id = newId('fault');
    const fault: Fault = { ...input, id, order: this.#made++, fired: 0, limit, random: seeded(input.seed) };
    this.#all.set(id, fault);
    const key = keyOf(fault.match);
    this.#active.set(key, [...(this.#active.get(key) ?? []), fault]);
    return id;
  }

  remove(id: string): boolean {
    const fault = this.#all.get(id);
    if (fault) this.#retire(fault);
    return this.#all.delete(id);
  }

  clear(): void {
    this.#all.clear();
    this.#active.clear();
  }

  list(): object[] {
    return [...this.#all.values()]
      .map(({ random: _, order: __, limit, ...fault }) => ({ ...fault, spent: fault.fired >= limit }))
      .reverse();
  }

  /** The first fault, by age, that hits this request; it counts as fired. */
  pick(target: Target, operation: string, subject: FaultSubject): Fault | null {
    const near = keysOf(subject).flatMap((key) => this.#active.get(key) ?? []);
    const hit = near
      .sort((a, b) => a.order - b.order)
      .find((fault) => {
        if (fault.target !== target) return false;
        if (fault.operation !== undefined && fault.operation !== operation) return false;
        if (!SENSE[target][operation]?.includes(fault.kind)) return false;
        const { reference, paymentLink, to } = fault.match;
        if (reference !== undefined && reference !== subject.reference && reference !== subject.alias)
          return false;
        if (paymentLink !== undefined && paymentLink !== subject.paymentLink) return false;
        if (to !== undefined && to.toLowerCase() !== subject.to?.toLowerCase()) return false;
        return fault.rate === undefined || fault.random() < fault.rate;
      });
    if (!hit) return null;
    hit.fired += 1;
    if (hit.fired >= hit.limit) this.#retire(hit);
    return hit;
  }

  #retire(fault: Fault): void {
    const key = keyOf(fault.match);
    const left = (this.#active.get(key) ?? []).filter((one) => one !== fault);
    if (left.length > 0) this.#active.set(key, left);
    else this.#active.delete(key);
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
