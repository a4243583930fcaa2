/** The hidden hand of tests at the telephone: makes calls, plays both parties, and listens. */
import * as z from 'zod';
import { type Call, failure, json, jsonBody, type Route } from '../http';
import { actRoutes, agentName } from './acts';
import { wavOf } from './audio';
import { CONFIRMS, DIRECTIONS, type Listener, type PhoneCall, SECURINGS } from './call';
import type { Phone } from './phone';

export const DEFAULT_AGENT = 'agent@juniper.example';
export const DEFAULT_CUSTOMER = '+447700900123';
const BASE = '/control/phone/calls';

export const callInput = z
  .strictObject({
    direction: z.enum(DIRECTIONS).default('inbound'),
    agent: agentName.default(DEFAULT_AGENT),
    customerPhone: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'a number in E.164')
      .nullable()
      .default(DEFAULT_CUSTOMER),
    recorded: z.boolean().default(true),
    recordings: z.int().min(1).max(3).default(1),
    securing: z.enum(SECURINGS).default('masked'),
    recordingConfirms: z.enum(CONFIRMS).default('answer'),
  })
  .transform(({ recorded, recordings, ...input }) => ({ ...input, recordings: recorded ? recordings : 0 }));

/** What was heard, without which key it was. */
const facts = (call: PhoneCall, who: Listener) =>
  call.heard(who).map(({ fromMs, toMs, kind }) => ({ fromMs, toMs, kind }));

function audio(phone: Phone, { params, url }: Call) {
  const of = url.searchParams.get('of');
  if (of !== 'agent' && of !== 'recording') return failure(422, 'invalid', 'of: agent or recording');
  const call = phone.get(params.id ?? '');
  const wav = wavOf(call.heard(of));
  return { status: 200, headers: { 'content-type': 'audio/wav' }, body: wav };
}

export function controlPhoneRoutes(phone: Phone): Route[] {
  const read = (path: string, show: (call: PhoneCall) => object): Route => ({
    method: 'GET',
    path: `${BASE}/:id${path}`,
    handler: ({ params }) => json(200, show(phone.get(params.id ?? ''))),
  });
  return [
    {
      method: 'POST',
      path: BASE,
      handler: (call) => json(201, phone.open(jsonBody(call, callInput)).view()),
    },
    {
      method: 'GET',
      path: BASE,
      handler: () => json(200, { data: phone.list().map((call) => call.view()) }),
    },
    read('', (call) => call.view()),
    read('/record', (call) => ({ agent: facts(call, 'agent'), recording: facts(call, 'recording') })),
    read('/log', (call) => ({ data: [...call.log].reverse() })),
    { method: 'GET', path: `${BASE}/:id/audio`, handler: (call) => audio(phone, call) },
    ...actRoutes(phone, BASE, 'test'),
  ];
}
