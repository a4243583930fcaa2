/** A house whose gateway is the real sandbox: cards are charged by the card process's own code, notifications come by HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger, runOnce } from 'graphile-worker';
import { factsOf, parseFields } from '@/card/card-bytes';
import { charge } from '@/card/gateway';
import { idFromUuid, uuidFromId } from '@/core/ids';
import type { GatewayResult } from '@/core/payment-attempt';
import { GATEWAY_KEY, GATEWAY_WHSEC, type Json, testSandbox } from '@/sandbox/testing';
import { jobGroups } from '@/worker/jobs';
import { receiveNotification } from '../../gateway-notifications';
import { sandboxSms } from '../../messaging/sandbox-sms';
import { smtpTransport } from '../../messaging/smtp';
import { recordAttemptResult, startPaymentAttempt, submitPaymentAttempt } from '../../payment-attempts';
import { createPaymentLink, readLinkHistory } from '../../payment-links';
import { type TestHouse, testHouse } from '../../testing';

export const APPROVED = '4242424242424242';
export type Inbound = { profile: string; headers: Record<string, string>; body: string };

export type MoneyHouse = TestHouse & {
  box: Awaited<ReturnType<typeof testSandbox>>;
  profile: string;
  /** What the gateway has sent to us, in order of arrival. */
  inbound: Inbound[];
  /** Notifications are only kept in `inbound`. `hold`: and answered with 503; `keep`: with 204, so that they come once. */
  switches: { hold: boolean; keep: boolean };
};

/** The portal's one address that a gateway posts to, in front of `receiveNotification`. */
async function startPortal(house: () => TestHouse, inbound: Inbound[], switches: MoneyHouse['switches']) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const profile = (request.url ?? '').split('/').at(-1) ?? '';
    const headers = request.headers as Record<string, string>;
    const message = { profile, headers, body: Buffer.concat(chunks).toString('utf8') };
    inbound.push(message);
    if (switches.hold || switches.keep) return void response.writeHead(switches.hold ? 503 : 204).end();
    const outcome = await receiveNotification(house().services, 'req_test', message).catch(() => null);
    response.writeHead(outcome === null ? 503 : outcome.ok ? 204 : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

export async function moneyHouse(now?: () => Date): Promise<MoneyHouse> {
  const inbound: Inbound[] = [];
  const switches = { hold: false, keep: false };
  let house: TestHouse | undefined;
  const portal = await startPortal(
    () => {
      if (!house) throw new Error('the house is not there yet');
      return house;
    },
    inbound,
    switches,
  );
  const box = await testSandbox({ portalUrl: portal.url, ...(now && { now }) });
  house = await testHouse({
    sandboxUrl: `http://127.0.0.1:${box.port}`,
    gatewayKey: GATEWAY_KEY,
    notificationSecrets: GATEWAY_WHSEC,
  });
  const { close: closeHouse, merchantId } = house;
  const rows = await house.database.sql`select id from payment_profiles where merchant_id = ${merchantId}`;
  const close = async () => {
    await box.stop();
    portal.close();
    await closeHouse();
  };
  return { ...house, box, profile: idFromUuid('profile', rows[0]?.id), inbound, switches, close };
}

export const unwrap = <T>(
  outcome: { ok: true; value: T } | { ok: false; error: { code: string; message: string } },
): T => {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
};

/** A new link; `inParts`: it may be paid in parts. */
export async function issue(house: TestHouse, amountMinor = 1240, { inParts = false } = {}): Promise<string> {
  const { id } = unwrap(await createPaymentLink(house.as('agent'), { amountMinor, currency: 'GBP' }));
  if (inParts)
    await house.database
      .sql`update payment_links set amount_type = 'partial' where id = ${uuidFromId('paymentLink', id)}`;
  return id;
}

export type Paying = { number?: string; amountMinor?: number };

/** Presses Pay and takes the right to send; what the card process would hold then. */
export async function submit(house: TestHouse, link: string, { number = APPROVED, ...chosen }: Paying = {}) {
  const ticket = unwrap(await startPaymentAttempt(house.as('payer'), link, chosen));
  const { attempt, amountMinor, currency } = ticket;
  const fields = parseFields(Buffer.from(['ticket', number, '12', '2034', '123', 'A Payer'].join('\n')));
  const facts = fields && factsOf(fields);
  if (!fields || !facts) throw new Error('not a card');
  const call = { attempt, amountMinor, currency, card: facts };
  const grant = unwrap(await submitPaymentAttempt(house.as('payer'), call));
  const send = () =>
    charge(
      { grant, fields, facts },
      {
        sendBefore: performance.now() + 10_000,
        returnUrl: 'http://localhost:4567/back',
        signal: new AbortController().signal,
      },
    );
  const record = (result: GatewayResult) =>
    recordAttemptResult(house.as('payer'), { attempt, amountMinor, currency, result });
  return { attempt, grant, send, record };
}

/** A card payment from Pay to the recorded answer. */
export async function pay(house: TestHouse, link: string, paying: Paying = {}) {
  const { attempt, send, record } = await submit(house, link, paying);
  const { state } = unwrap(await record(await send()));
  return { attempt, state };
}

export async function paidLink(house: TestHouse, amountMinor = 1240) {
  const link = await issue(house, amountMinor);
  return { link, ...(await pay(house, link)) };
}

/** The house's profile holds money from now on, and takes it only when somebody captures. */
export const captureLater = (house: TestHouse) =>
  house.database
    .sql`update payment_profiles set capture_at_once = false where merchant_id = ${house.merchantId}`;

/** Runs every job that is due, as the worker does; with `hurry` those that wait as well. */
export async function work(house: TestHouse, { hurry = false } = {}): Promise<void> {
  if (hurry) await house.database.sql`update graphile_worker._private_jobs set run_at = clock_timestamp()`;
  const providers = {
    mail: smtpTransport('smtp://127.0.0.1:9', 'pay@counterfoil.example'),
    sms: sandboxSms('http://127.0.0.1:9', 'key'),
  };
  await runOnce({
    connectionString: house.database.url,
    taskList: Object.assign({}, ...jobGroups(house.services, providers).map(({ tasks }) => tasks)),
    noHandleSignals: true,
    concurrency: 4,
    maxPoolSize: 1,
    logger: new Logger(() => () => {}),
  });
}

/** Does the jobs of the house until something is so. */
export async function workUntil(house: TestHouse, isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i++) {
    await work(house, { hurry: true });
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error('it did not happen');
}

export async function historyOf(house: TestHouse, link: string) {
  return unwrap(await readLinkHistory(house.as('owner'), link));
}

/** The sums and the ledger of a link, in one line each. */
export async function books(house: TestHouse, link: string) {
  const uuid = uuidFromId('paymentLink', link) ?? '';
  const entries = await house.database.sql`select kind, amount_minor from ledger_entries
    where payment_link_id = ${uuid} order by kind, amount_minor`;
  const attempts = await house.database
    .sql`select state, captured_minor, refunded_minor, refunding_minor, disputed_minor
    from payment_attempts where payment_link_id = ${uuid} order by id`;
  const { link: view } = await historyOf(house, link);
  const { status, capturedMinor, refundedMinor, disputedMinor } = view;
  return {
    link: { status, capturedMinor, refundedMinor, disputedMinor },
    attempts: attempts.map((row) => ({ ...row })),
    ledger: entries.map((row) => `${row.kind} ${row.amount_minor}`),
  };
}

/** Tells the sandbox something at its control address. */
export async function control(house: MoneyHouse, method: string, path: string, body?: Json): Promise<Json> {
  const told = await house.box.call(method, `/control/${path}`, body);
  if (told.status >= 300) throw new Error(`${told.status} ${JSON.stringify(told.body)}`);
  return told.body;
}

export const fault = (
  house: MoneyHouse,
  operation: string,
  kind: string,
  reference: string,
  more: Json = {},
) => control(house, 'POST', 'faults', { target: 'gateway', operation, kind, match: { reference }, ...more });

/** What truly happened at the gateway under a reference, oldest first: kind, status and amount. */
export async function truth(house: MoneyHouse, reference: string): Promise<string[]> {
  const { data } = await control(house, 'GET', `ledger?reference=${reference}`);
  return (data as Json[]).map((one) => `${one.kind} ${one.status} ${one.amountMinor}`).reverse();
}
