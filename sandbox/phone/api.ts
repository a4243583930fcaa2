/** The provider's interface: what the portal asks of a call. Whatever is asked twice is answered the same. */
import * as z from 'zod';
import { underFault } from '../faults';
import {
  type Answer,
  bearer,
  type Call,
  failure,
  type Guard,
  HttpError,
  json,
  jsonBody,
  type Reply,
  type Route,
} from '../http';
import type { PhoneCall } from './call';
import type { Phone } from './phone';

const MOST_LOGGED = 1_000;
const address = z.url({ protocol: /^https?$/ });
const recordingInput = z.strictObject({ eventsUrl: address.optional() });
const secureInput = z.strictObject({
  callback: address.transform((url) => url.replace(/\/$/, '')),
  secret: z.string().min(1).max(500),
  eventsUrl: address,
});

const OPERATIONS = ['suspend', 'resume', 'secure', 'release'] as const;
type Operation = (typeof OPERATIONS)[number];
const PATHS: Record<Operation, string> = {
  suspend: 'recordings/suspend',
  resume: 'recordings/resume',
  secure: 'secure',
  release: 'release',
};

function recordings(phone: Phone, call: PhoneCall, request: Call, state: 'suspended' | 'resumed'): Answer {
  const input = request.body.length === 0 ? {} : jsonBody(request, recordingInput, 400);
  call.eventsUrl = input.eventsUrl ?? call.eventsUrl;
  const done = phone.setRecordings(call, state === 'suspended' ? 'suspended' : 'recording');
  return json(done === 'pending' ? 202 : 200, { recordings: done === 'done' ? state : done });
}

const VERBS: Record<Operation, (phone: Phone, call: PhoneCall, request: Call) => Answer> = {
  suspend: (phone, call, request) => recordings(phone, call, request, 'suspended'),
  resume: (phone, call, request) => recordings(phone, call, request, 'resumed'),
  secure: (phone, call, request) => {
    const { eventsUrl, ...target } = jsonBody(request, secureInput, 400);
    call.eventsUrl = eventsUrl;
    phone.secure(call, target);
    return json(200, { secured: call.secured });
  },
  release: (phone, call) => {
    phone.release(call);
    return json(200, { released: true });
  },
};

/** Runs a request and writes down of it what tells nothing of keys: neither body nor query. */
async function logged(
  phone: Phone,
  call: PhoneCall,
  { req, url }: Call,
  work: () => Promise<Reply>,
): Promise<Reply> {
  const reply = await work().catch((error: unknown) => {
    if (error instanceof HttpError) return failure(error.status, error.code, error.message);
    throw error;
  });
  const status = 'act' in reply ? null : reply.status;
  call.log.push({
    at: phone.world.now().toISOString(),
    method: req.method ?? '',
    path: url.pathname,
    status,
  });
  call.log.splice(0, call.log.length - MOST_LOGGED);
  return reply;
}

function find(phone: Phone, { url }: Call): Promise<Reply> {
  const calls = phone.activeOf(url.searchParams.get('agent') ?? '');
  const fault = phone.world.faults.pick('telephony', 'find', { reference: calls[0]?.id ?? null });
  return underFault(fault, async () => json(200, { data: calls.map((call) => call.view()) }));
}

export function telephonyRoutes(phone: Phone, local: Guard): Route[] {
  const on =
    (operation: 'find' | Operation, work: (call: PhoneCall, request: Call) => Answer) => (request: Call) => {
      const call = phone.get(request.params.id ?? '');
      const fault = phone.world.faults.pick('telephony', operation, { reference: call.id });
      return logged(phone, call, request, () => underFault(fault, async () => work(call, request)));
    };
  const acts = OPERATIONS.map(
    (operation): Route => ({
      method: 'POST',
      path: `/telephony/calls/:id/${PATHS[operation]}`,
      handler: on(operation, (call, request) => {
        if (call.isOver) throw new HttpError(409, 'call_over', 'The call is over.');
        return VERBS[operation](phone, call, request);
      }),
    }),
  );
  const routes: Route[] = [
    { method: 'GET', path: '/telephony/calls', handler: (request) => find(phone, request) },
    { method: 'GET', path: '/telephony/calls/:id', handler: on('find', (call) => json(200, call.view())) },
    ...acts,
  ];
  return routes.map((route) => ({ ...route, guards: [local, bearer(phone.world.env.telephonyKey ?? '')] }));
}
