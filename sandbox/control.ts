/** The hidden hand of tests: reads what truly happened, and orders faults. Loopback only, no authentication. */
import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { controlCrmRoutes } from './control-crm';
import { controlGatewayRoutes } from './control-gateway';
import { faultInput } from './faults';
import type { Gateway } from './gateway-books';
import { empty, failure, type Guard, json, jsonBody, type Route } from './http';
import { messageView } from './inbox';
import { RECEIVER_MODES, receiverName } from './receiver';
import { DEFAULT_SETTINGS, type World } from './world';

const PARTS = ['inbox', 'receivers', 'crm', 'faults', 'ledger', 'settings'] as const;
const resetInput = z.strictObject({ parts: z.array(z.enum(PARTS)).default([]) });
const settingsInput = z
  .strictObject({
    challengeSeconds: z.int().min(1).max(3600),
    disputeAfterMs: z.int().min(0).max(86_400_000),
    refundAfterMs: z.int().min(0).max(86_400_000),
    holdDays: z.number().gt(0).max(24),
  })
  .partial();
const receiverInput = z.strictObject({
  mode: z.enum(RECEIVER_MODES),
  status: z.int().min(200).max(599).optional(),
  delayMs: z.int().min(1).max(600_000).optional(),
  times: z.int().min(1).max(1_000_000).optional(),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]+=*$/, 'must be whsec_ and base64')
    .optional(),
});

const isLoopback = (address: string | undefined): boolean =>
  address === '::1' || /^(::ffff:)?127\./.test(address ?? '');

/** Only from this machine. */
export const loopbackOnly: Guard = (req) =>
  isLoopback(req.socket.remoteAddress) ? null : failure(403, 'forbidden', 'Only from this machine.');

const hostName = (req: IncomingMessage): string => (req.headers.host ?? '').replace(/:\d+$/, '');

/** No web page of another origin may order things here, not even one whose name was re-bound to this address. */
export function sameOriginOnly(url: string): Guard {
  const own = new URL(url);
  const names = ['localhost', '127.0.0.1', '[::1]', own.hostname];
  return (req) => {
    const { origin } = req.headers;
    if (origin !== undefined && origin !== own.origin)
      return failure(403, 'forbidden', 'Not from a page of another origin.');
    return names.includes(hostName(req)) ? null : failure(403, 'forbidden', 'Not under this host name.');
  };
}

async function reset(world: World, parts: readonly (typeof PARTS)[number][]): Promise<void> {
  if (parts.includes('inbox')) await world.inbox.clear();
  if (parts.includes('receivers')) await world.receivers.clear();
  if (parts.includes('crm')) await world.crm.clear();
  if (parts.includes('faults')) {
    world.faults.clear();
    world.distortions.clear();
  }
  if (parts.includes('ledger')) await world.ledger.clear();
  if (parts.includes('settings')) Object.assign(world.settings, DEFAULT_SETTINGS);
}

function readRoutes(world: World): Route[] {
  return [
    {
      method: 'GET',
      path: '/control/ledger',
      handler: async ({ url: { searchParams: query } }) => {
        const data = world.ledger.entries(query.get('reference'), query.get('paymentLink'), world.now());
        await world.ledger.settled();
        return json(200, { data });
      },
    },
    {
      method: 'GET',
      path: '/control/inbox',
      handler: ({ url }) =>
        json(200, { data: world.inbox.list(url.searchParams.get('to')).map(messageView) }),
    },
    {
      method: 'GET',
      path: '/control/receiver/:name',
      handler: (call) => json(200, { data: world.receivers.list(receiverName(call)) }),
    },
    { method: 'GET', path: '/control/faults', handler: () => json(200, { data: world.faults.list() }) },
  ];
}

function writeRoutes(world: World): Route[] {
  return [
    {
      method: 'PUT',
      path: '/control/receiver/:name',
      handler: async (call) => {
        const name = receiverName(call);
        const { secret, mode, status, delayMs, times } = jsonBody(call, receiverInput);
        if (secret !== undefined) await world.receivers.setSecret(name, secret);
        const limits = {
          ...(status === undefined ? {} : { status }),
          ...(delayMs === undefined ? {} : { delayMs }),
          ...(times === undefined ? {} : { times }),
        };
        world.receivers.behave(name, { mode, ...limits });
        return json(200, { name, mode, ...limits });
      },
    },
    {
      method: 'POST',
      path: '/control/faults',
      handler: (call) => json(201, { id: world.faults.add(jsonBody(call, faultInput)) }),
    },
    {
      method: 'DELETE',
      path: '/control/faults/:id',
      handler: ({ params }) =>
        world.faults.remove(params.id ?? '')
          ? empty(204)
          : failure(404, 'not_found', 'There is no such fault.'),
    },
    {
      method: 'POST',
      path: '/control/reset',
      handler: async (call) => {
        await reset(world, jsonBody(call, resetInput).parts);
        return empty(204);
      },
    },
    {
      method: 'PUT',
      path: '/control/settings',
      handler: (call) => json(200, Object.assign(world.settings, jsonBody(call, settingsInput))),
    },
  ];
}

export function controlRoutes(world: Gateway): Route[] {
  const guards = [loopbackOnly, sameOriginOnly(world.url)];
  const routes = [
    ...readRoutes(world),
    ...writeRoutes(world),
    ...controlCrmRoutes(world),
    ...controlGatewayRoutes(world),
  ];
  return routes.map((route) => ({ ...route, guards }));
}
