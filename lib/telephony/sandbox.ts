import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { CALL_DIRECTIONS } from '@/core/payment-session';
import { isTimely, signedAt } from '../webhooks/sign';
import { caller, gatewayId, Refused as Refusal, reasonOf } from '../wire';
import type {
  Refused,
  Telephony,
  TelephonyCall,
  TelephonyFact,
  TelephonyNotificationReader,
  Unreachable,
} from './port';

/** A call's act is asked for while an agent and a caller wait. */
const BUDGET_MS = 5_000;

const call = z.object({
  id: gatewayId,
  leg: gatewayId,
  direction: z.enum(CALL_DIRECTIONS),
  state: z.enum(['active', 'ended']),
  endedBy: z.enum(['customer', 'agent', 'unknown']).nullable(),
  agent: z.string().max(200),
  customerPhone: z.string().max(40).nullable(),
});
const viewOf = (told: z.output<typeof call>): TelephonyCall => told;

const how = z.enum(['masked', 'secured_leg']);

type Trouble = Refused | Unreachable;
/** A call that it has forgotten is over too. */
const isOver = (error: unknown): boolean =>
  error instanceof Refusal && ['call_over', 'not_found'].includes(error.code);
/** A refusal in the provider's own words proves that nothing happened; anything else proves nothing. */
const troubleOf = (error: unknown): Trouble =>
  error instanceof Refusal && error.status < 500
    ? { kind: 'refused', reason: reasonOf(error) }
    : { kind: 'unreachable', reason: reasonOf(error) };

/** The sandbox's telephone. Its answers to suspend and resume are confirmations, as its reference says (docs/sandbox.md). */
export function sandboxTelephony(url: string, key: string, eventsUrl: string): Telephony {
  const ask = caller(`${url}/calls`, key, BUDGET_MS);
  const act = async <T extends { kind: string }>(work: () => Promise<T>): Promise<T | Trouble> =>
    work().catch(troubleOf);
  const overOr = (error: unknown) => (isOver(error) ? ({ kind: 'over' } as const) : troubleOf(error));
  return {
    capabilities: { maskedWhileTalking: true, recordingPause: true, collects: 'digits' },
    find: async (which) => {
      const path = 'call' in which ? `/${encodeURIComponent(which.call)}` : '';
      try {
        if (path) return { kind: 'found', call: viewOf(await ask(call, path)) };
        const agent = 'agent' in which ? which.agent : '';
        const listed = await ask(
          z.object({ data: z.array(call) }),
          `?${new URLSearchParams({ agent }).toString()}`,
        );
        const [first] = listed.data;
        return first ? { kind: 'found', call: viewOf(first) } : { kind: 'none' };
      } catch (error) {
        if (error instanceof Refusal && error.status === 404) return { kind: 'none' };
        return { kind: 'unreachable', reason: reasonOf(error) };
      }
    },
    suspendRecording: (id) =>
      act(async () => {
        const told = z.object({ recordings: z.enum(['suspended', 'none', 'pending']) });
        return { kind: (await ask(told, `/${id}/recordings/suspend`, { eventsUrl })).recordings };
      }),
    resumeRecording: async (id) => {
      try {
        const told = z.object({ recordings: z.enum(['resumed', 'none', 'pending']) });
        return { kind: (await ask(told, `/${id}/recordings/resume`, { eventsUrl })).recordings };
      } catch (error) {
        return overOr(error);
      }
    },
    source: () => ({ kind: 'sandbox', secret: randomBytes(32).toString('base64url') }),
    secure: async (id, { callback, source }) => {
      try {
        const body = { callback, secret: source.secret, eventsUrl };
        return {
          kind: 'secured',
          how: (await ask(z.object({ secured: how }), `/${id}/secure`, body)).secured,
        };
      } catch (error) {
        return overOr(error);
      }
    },
    release: async (id) => {
      try {
        await ask(z.object({ released: z.literal(true) }), `/${id}/release`, {});
        return { kind: 'released' };
      } catch (error) {
        return overOr(error);
      }
    },
  };
}

const envelope = z.object({
  id: z.string().min(1).max(200),
  type: z.string().max(100),
  at: z.string().max(40),
  data: call.extend({ secured: how.nullish() }),
});

function factOf({ type, data }: z.output<typeof envelope>): TelephonyFact {
  const about = { call: data.id };
  switch (type) {
    case 'call.ended':
      return { kind: 'call_ended', ...about, by: data.endedBy ?? 'unknown' };
    case 'call.secured':
      return data.secured ? { kind: 'secured', ...about, how: data.secured } : { kind: 'other' };
    case 'call.handed_over':
      return { kind: 'handed_over', ...about, agent: data.agent };
    case 'recording.suspended':
      return { kind: 'recording_suspended', ...about };
    case 'recording.resumed':
      return { kind: 'recording_resumed', ...about };
    case 'digits.lost':
      return { kind: 'digits_lost', ...about };
    default:
      return { kind: 'other' };
  }
}

/** Standard Webhooks, `{id, type, at, data}`; `id` being the webhook-id and `data` the call as it then stood. */
export const readSandboxCallNews: TelephonyNotificationReader = (secret, headers, body, now) => {
  const signed = signedAt(secret, headers, body);
  if (!signed || !isTimely(signed, now)) return null;
  const id = headers['webhook-id'] ?? '';
  try {
    const told = envelope.parse(JSON.parse(body));
    const at = new Date(told.at);
    const fact = told.id === id ? factOf(told) : ({ kind: 'other' } as const);
    return { id, at: Number.isNaN(at.getTime()) ? null : at, fact };
  } catch {
    return { id, at: null, fact: { kind: 'other' } };
  }
};
