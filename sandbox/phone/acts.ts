/** What the two parties of a call do: on the pages as by control. */
import * as z from 'zod';
import { sleep } from '../faults';
import { type Call, HttpError, json, jsonBody, type Reply, type Route } from '../http';
import { ENDERS, type PhoneCall } from './call';
import { KEY_MS } from './hearing';
import type { Phone } from './phone';

export const agentName = z.string().trim().min(1).max(200);
const keysInput = z.strictObject({
  keys: z.string().regex(/^[0-9*#]{1,64}$/, '1 to 64 of the keys 0 to 9, * and #'),
  gapMs: z.int().min(40).max(5_000).default(60),
});
const hangUpInput = z.strictObject({ by: z.enum(ENDERS) });
const handOverInput = z.strictObject({ agent: agentName });
const holdInput = z.strictObject({ on: z.boolean() });

const mustBeOn = (call: PhoneCall): void => {
  if (call.isOver) throw new HttpError(409, 'call_over', 'The call is over.');
};

/** Presses the keys one after the other, and answers when all of them have arrived or are given up. */
async function pressKeys(phone: Phone, call: PhoneCall, request: Call): Promise<Reply> {
  const { keys, gapMs } = jsonBody(request, keysInput);
  const arrived: Promise<void>[] = [];
  for (const key of keys) {
    mustBeOn(call);
    arrived.push(phone.press(call, key));
    await sleep(KEY_MS + gapMs);
  }
  await Promise.all(arrived);
  return json(200, { pressed: keys.length });
}

/** A finger does not wait: the page is answered when the keys are pressed. */
function tapKeys(phone: Phone, call: PhoneCall, request: Call): Reply {
  const { keys } = jsonBody(request, keysInput);
  for (const key of keys) void phone.press(call, key);
  return json(200, { pressed: keys.length });
}

export function actRoutes(phone: Phone, base: string, who: 'person' | 'test'): Route[] {
  const on = (act: string, work: (call: PhoneCall, request: Call) => Reply | Promise<Reply>): Route => ({
    method: 'POST',
    path: `${base}/:id/${act}`,
    bodyLimit: 4_096,
    handler: (request) => {
      const call = phone.get(request.params.id ?? '');
      mustBeOn(call);
      return work(call, request);
    },
  });
  const told = (call: PhoneCall) => json(200, call.view());
  return [
    on('keys', (call, request) => (who === 'test' ? pressKeys : tapKeys)(phone, call, request)),
    on('hang-up', (call, request) => {
      phone.hangUp(call, jsonBody(request, hangUpInput).by);
      return told(call);
    }),
    on('hand-over', (call, request) => {
      phone.handOver(call, jsonBody(request, handOverInput).agent);
      return told(call);
    }),
    on('hold', (call, request) => {
      call.setHold(jsonBody(request, holdInput).on);
      return told(call);
    }),
  ];
}
