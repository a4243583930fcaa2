import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { firstRunPath, leftBehind, startProduct, waitUntilGone } from './product.mjs';

/** From the signal to the last process gone. */
const STOP_MS = 30_000;
const GATEWAY_DELAY_MS = 8_000;
const CARD_LINES = ['4242424242424242', '12', '2031', '123', 'Ada Lovelace'];

/** Talks to a running installation as a back end, a payer's page and the card form do. */
export function talk({ env, dataDir }) {
  const run = JSON.parse(readFileSync(firstRunPath({ dataDir }), 'utf8'));
  const at = (port) => `http://127.0.0.1:${env[port]}`;
  const ask = async (address, { body, headers = {} } = {}) => {
    const json = body !== undefined && { 'content-type': 'application/json' };
    const answer = await fetch(address, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...json, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    assert.ok(answer.ok, `${address} answered ${answer.status}`);
    return answer.json();
  };
  const api = (path, body) =>
    ask(`${at('PORTAL_PORT')}/api/v1${path}`, { body, headers: { authorization: `Bearer ${run.apiKey}` } });
  const control = (path, body) => ask(`${at('SANDBOX_PORT')}/control/${path}`, { body });
  const ticketFor = async (link) => {
    const attempts = `${at('PORTAL_PORT')}${new URL(link.url).pathname}/attempts`;
    return (await ask(attempts, { body: {}, headers: { origin: run.portalUrl } })).ticket;
  };
  const authorize = async (ticket) => {
    const answer = await fetch(`${at('CARD_PORT')}/authorize`, {
      method: 'POST',
      headers: {
        origin: run.cardUrl,
        'content-type': 'application/x-counterfoil-card',
        'counterfoil-parent': run.portalUrl,
      },
      body: [ticket, ...CARD_LINES].join('\n'),
    });
    return answer.json();
  };
  return { api, control, ticketFor, authorize };
}

/** Stops it and gives how long that took; asserts that nothing stayed. */
async function stopTimed(installation, product) {
  const since = performance.now();
  await product.stop('SIGTERM');
  const left = await waitUntilGone(installation, Math.max(0, STOP_MS - (performance.now() - since)));
  assert.deepEqual(left, [], `left behind after ${STOP_MS} ms`);
  return performance.now() - since;
}

/** A payment is under way when the stop comes: it ends as if the stop had not come. */
export async function finishesWhatIsInFlight(installation) {
  const product = startProduct(installation);
  await product.ready;
  const house = talk(installation);
  const link = await house.api('/payment-links', { amountMinor: 1240, currency: 'GBP' });
  const match = { paymentLink: link.id };
  await house.control('faults', {
    target: 'gateway',
    operation: 'authorize',
    match,
    kind: 'delay',
    delayMs: GATEWAY_DELAY_MS,
  });
  const answer = house.authorize(await house.ticketFor(link));
  await sleep(1_000);
  const ms = await stopTimed(installation, product);
  assert.ok(ms > GATEWAY_DELAY_MS - 2_000, `it did not wait for the gateway: ${Math.round(ms)} ms`);
  assert.deepEqual(await answer, { state: 'authorized' }, 'the payer was not told');
  const again = startProduct(installation);
  await again.ready;
  assert.equal((await house.api(`/payment-links/${link.id}`)).status, 'paid');
  assert.equal((await house.control(`ledger?paymentLink=${link.id}`)).data.length, 1);
  await stopTimed(installation, again);
}

/** The worst case: no process answers a signal, PostgreSQL neither. Each is killed when its time is over. */
export async function killsWhatDoesNotEnd(installation) {
  const product = startProduct(installation);
  await product.ready;
  const frozen = leftBehind(installation)
    .filter((line) => !/start\.mjs|postgres: /.test(line))
    .map((line) => Number(line.split(' ')[0]))
    .filter((pid) => pid !== product.child.pid);
  assert.ok(frozen.length >= 5, `only ${frozen.length} processes were found`);
  for (const pid of frozen) process.kill(pid, 'SIGSTOP');
  const ms = await stopTimed(installation, product);
  assert.ok(ms > 20_000, `nothing was waited for: ${Math.round(ms)} ms`);
}
