import type { IncomingMessage } from 'node:http';
import { type CaptureOpened, KEYPAD_ACTS, type KeypadAct } from '@/core/keypad';
import { wipe } from '../card-bytes';
import type { CardConfig } from '../env';
import { parse } from '../json';
import { wipeReceived } from '../received';
import { json, type Reply, refusal } from '../reply';
import { BODY_TIMEOUT_MS, readBody } from '../request-body';
import { attemptNamedIn } from '../ticket';
import { asField, asNext, asOpening, isFromPortal, signedReply } from './calls';
import type { Capture } from './capture';
import type { Captures } from './captures';
import { isFromProvider, readKey } from './digits';

type Service = { config: CardConfig; captures: Captures; isOpen: () => boolean; bodyTimeoutMs?: number };
/** `name` is the path without the capture's id, as a log may hold it. */
type KeypadRoute = { name: string; act: KeypadAct | 'digits'; capture: string };

const PATH = /^\/keypad\/(?:captures\/([\w-]{1,64})\/)?(\w+)$/;

/** The route of a path below /keypad; null when there is none. */
export function keypadRouteOf(path: string): KeypadRoute | null {
  const [, capture = '', last] = PATH.exec(path) ?? [];
  const act = last === 'digits' ? last : KEYPAD_ACTS.find((one) => one === last);
  return act && (act === 'open') === (capture === '') ? { name: `/keypad/${act}`, act, capture } : null;
}

function open({ config, captures, isOpen }: Service, fields: Record<string, unknown>): Reply {
  if (!isOpen()) return refusal(503);
  const asked = asOpening(fields);
  if (!asked) return refusal(400);
  const opened = captures.open(asked);
  if (opened === 'full') return refusal(429);
  if (opened === 'taken') return refusal(409);
  const { capture } = asked;
  const answer: CaptureOpened = { capture, callback: `${config.callbackUrl}/keypad/captures/${capture}` };
  return json(opened === 'opened' ? 201 : 200, answer);
}

function submit(capture: Capture, ticket: unknown): Reply {
  const text = typeof ticket === 'string' ? ticket : '';
  const attempt = attemptNamedIn(text);
  if (!attempt) return refusal(400);
  return capture.submit(attempt, text) ? json(202, {}) : refusal(409, 'session_not_ready');
}

function field(capture: Capture, name: unknown): Reply {
  const asked = asField(name);
  if (!asked) return refusal(400);
  capture.ask(asked);
  return json(200, {});
}

function actReply(service: Service, route: KeypadRoute, fields: Record<string, unknown>): Reply {
  if (route.act === 'open') return open(service, fields);
  const next = asNext(fields);
  if (next?.capture !== route.capture) return refusal(400);
  const capture = service.captures.find(next.capture);
  if (!capture) return refusal(404);
  if (!capture.isNext(next.order)) return refusal(409);
  if (route.act === 'field') return field(capture, fields.field);
  if (route.act === 'submit') return submit(capture, fields.ticket);
  capture.end('closed');
  return json(200, {});
}

function portalReply(service: Service, route: KeypadRoute, request: IncomingMessage, body: Buffer): Reply {
  const { headers } = request;
  const { ticketKeys, signingKey } = service.config;
  const text = body.toString();
  if (route.act === 'digits' || !isFromPortal(ticketKeys, route.act, headers, text)) return refusal(401);
  const fields = parse(text);
  return signedReply(signingKey, headers, fields ? actReply(service, route, fields) : refusal(400));
}

/** To a capture that is not there, digits go nowhere, and the provider is told so. */
function digitsReply(service: Service, route: KeypadRoute, request: IncomingMessage, body: Buffer): Reply {
  const capture = service.captures.find(route.capture);
  if (!capture) return refusal(404);
  if (!isFromProvider(capture.source, request.headers, body)) return refusal(401);
  const keyed = readKey(body);
  if (!keyed) return refusal(400);
  capture.key(keyed.order, keyed.key);
  return json(200, { ok: true });
}

/** Answers a call from one server to this one: no browser comes here, and nothing is believed without a signature. */
export async function keypadReply(
  service: Service,
  request: IncomingMessage,
  route: KeypadRoute,
): Promise<Reply> {
  const body = await readBody(request, service.bodyTimeoutMs ?? BODY_TIMEOUT_MS);
  wipeReceived(request.socket);
  if (typeof body === 'number') return { ...refusal(body), hangUp: true };
  try {
    const reply = route.act === 'digits' ? digitsReply : portalReply;
    return reply(service, route, request, body);
  } finally {
    wipe(body);
  }
}
