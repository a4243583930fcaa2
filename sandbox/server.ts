/** Puts the parts together and listens. Everything a stop has to undo is undone by `stop`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { traceFrom } from '@/core/trace';
import { acsRoutes } from './acs';
import { controlRoutes, loopbackOnly, sameOriginOnly } from './control';
import { Crm } from './crm';
import { crmRoutes } from './crm-routes';
import { Distortions } from './distortions';
import type { SandboxEnv } from './env';
import { Faults } from './faults';
import { gatewayRoutes } from './gateway';
import { Books, type Gateway } from './gateway-books';
import { failure, json, type Reply, type Route, router, send, type Wire } from './http';
import { Inbox } from './inbox';
import { inboxRoutes } from './inbox-page';
import { landingRoutes } from './landing';
import { Ledger } from './ledger';
import { type Log, messageOf } from './log';
import { type OutcomeReports, outcomeReports } from './outcome-reports';
import { Phone } from './phone/phone';
import { phoneRoutes } from './phone/routes';
import { Receivers, receiverRoutes } from './receiver';
import { replyRoutes } from './replies';
import { smsRoutes } from './sms';
import { startMailServer } from './smtp';
import { Timers } from './timers';
import { DEFAULT_SETTINGS, type World } from './world';

const DRAIN_MS = 10_000;

export type Sandbox = { url: string; port: number; smtpPort: number; stop: () => Promise<void> };

async function openWorld(env: SandboxEnv, log: Log, now: () => Date): Promise<World> {
  const path = (name: string) => join(env.dataDir, `${name}.jsonl`);
  const [{ ledger, ...a }, { inbox, ...b }, { receivers, ...c }, { crm, ...d }] = await Promise.all([
    Ledger.open(path('ledger')),
    Inbox.open(path('inbox')),
    Receivers.open(path('receivers')),
    Crm.open(path('crm')),
  ]);
  for (const [file, { droppedBytes }] of [
    ['ledger', a] as const,
    ['inbox', b] as const,
    ['receivers', c] as const,
    ['crm', d] as const,
  ])
    if (droppedBytes > 0) log('torn_line_dropped', { file, droppedBytes });
  const told = { faults: new Faults(), distortions: new Distortions(), settings: { ...DEFAULT_SETTINGS } };
  return { env, url: env.url ?? '', now, log, ledger, inbox, receivers, crm, ...told };
}

function healthRoutes(world: World): Route[] {
  const ready = (): Reply => {
    const { ledger, inbox, receivers, crm } = world;
    const parts = { ledger, inbox, receivers, crm };
    const checks = Object.fromEntries(Object.entries(parts).map(([k, v]) => [k, v.failure?.message ?? 'ok']));
    const well = Object.values(checks).every((check) => check === 'ok');
    return json(well ? 200 : 503, { status: well ? 'ok' : 'unavailable', checks });
  };
  return [
    { method: 'GET', path: '/healthz', handler: () => json(200, { status: 'ok' }) },
    { method: 'GET', path: '/readyz', handler: ready },
  ];
}

const allRoutes = (world: Gateway, timers: Timers, reports: OutcomeReports, phone: Phone): Route[] => [
  ...healthRoutes(world),
  ...landingRoutes(world),
  ...gatewayRoutes(world),
  ...acsRoutes(world),
  ...smsRoutes(world, reports, loopbackOnly),
  ...inboxRoutes(world),
  ...replyRoutes(world, timers, [loopbackOnly, sameOriginOnly(world.url)]),
  ...receiverRoutes(world, loopbackOnly),
  ...crmRoutes(world, loopbackOnly),
  ...phoneRoutes(phone),
  ...controlRoutes(world),
];

function listen(server: Server, env: SandboxEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(env.port, env.host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : env.port);
    });
  });
}

/** Lets open requests finish, then closes what is still open. */
function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** What carries a trace is part of it: so a demo shows a payment to its end, as gateways and receivers that trace would. */
function within(req: IncomingMessage, answer: () => Promise<Reply>): Promise<Reply> {
  const { method: name = '', headers } = req;
  const carried = [headers.traceparent].flat()[0];
  if (!carried) return answer();
  return traceFrom(carried, { name, kind: 'server', route: 'none' }, async (span) => {
    const reply = await answer();
    if ('status' in reply) span.note({ 'http.response.status_code': reply.status });
    else span.fail('cut_off');
    return reply;
  });
}

/** Starts the sandbox. Ports 0 take any free port. Throws when a port is taken or a journal is damaged. */
export async function startSandbox(env: SandboxEnv, log: Log, now = () => new Date()): Promise<Sandbox> {
  const world = await openWorld(env, log, now);
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 60_000 });
  const port = await listen(server, env);
  world.url = env.url ?? `http://localhost:${port}`;
  const timers = new Timers(log);
  const reports = outcomeReports(world, timers);
  const books = new Books(world, timers);
  const answer = router(allRoutes({ ...world, books }, timers, reports, new Phone(world, timers)));
  const wire: Wire = { closing: false, silent: new Set() };
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    within(req, () => answer(req))
      .catch((error: unknown): Reply => {
        if (!req.destroyed) log('request_failed', { method: req.method ?? '', reason: messageOf(error) });
        return failure(500, 'internal', 'The sandbox failed.');
      })
      .then((reply) => send(req, res, reply, wire))
      .catch((error: unknown) => {
        log('answer_failed', { reason: messageOf(error) });
        req.socket.destroy();
      });
  });
  const mail = await startMailServer(world, reports);
  reports.resume();
  books.resume();
  const stop = async (): Promise<void> => {
    wire.closing = true;
    for (const socket of wire.silent) socket.destroy();
    await Promise.all([drain(server), mail.close()]);
    await timers.stop();
    const { ledger, inbox, receivers, crm } = world;
    await Promise.all([ledger, inbox, receivers, crm].map((one) => one.close()));
  };
  return { url: world.url, port, smtpPort: mail.port, stop };
}
