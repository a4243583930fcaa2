/** The sandbox as a provider under the conformance suite: a real one on loopback, with its books and its controls. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SubmitGrant } from '@/core/card-ticket';
import { GATEWAY_KEY, GATEWAY_WHSEC, type Json, testSandbox } from '@/sandbox/testing';
import { newId } from '../../ids';
import { newWebhookSecret, webhookHeaders } from '../../webhooks/sign';
import { until } from './clauses/acts';
import type { Entry, Provider, Signed } from './conformance';

/** Takes the sandbox's notifications and keeps them as they came. */
async function startPostbox() {
  const came: Signed[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = request.headers as Record<string, string>;
    came.push({ headers, body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const about = (reference: string) => came.filter(({ body }) => body.includes(`"${reference}"`));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, about, close };
}

const paymentOf = (reference: string, change: object) => ({
  ...{ id: 'gw_sandbox', reference, amountMinor: 1240, currency: 'GBP', status: 'captured' },
  ...{ brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034, ...change },
});
const answers: Provider['answers'] = {
  payment: ({ attempt }: SubmitGrant, change) => JSON.stringify(paymentOf(attempt, change)),
  read: (reference, change) => JSON.stringify({ data: [paymentOf(reference, change)] }),
  textFields: ['id', 'reference', 'currency', 'status', 'brand', 'last4', 'declineCode', 'paymentLink'],
};

export async function sandboxProvider(): Promise<Provider> {
  const postbox = await startPostbox();
  const box = await testSandbox({ portalUrl: postbox.url });
  const control = async (method: string, path: string, body?: Json): Promise<Json> => {
    const told = await box.call(method, `/control/${path}`, body);
    if (told.status >= 300) throw new Error(`${told.status} ${JSON.stringify(told.body)}`);
    return told.body;
  };
  return {
    url: `http://127.0.0.1:${box.port}/gateway`,
    apiKey: GATEWAY_KEY,
    account: newId('profile'),
    cards: {
      approved: '4242424242424242',
      declined: { number: '4000000000009995', code: 'insufficient_funds' },
      failed: '4000000000000119',
      challenged: '4000002500003155',
    },
    async ledger(reference) {
      const { data } = await control('GET', `ledger?reference=${reference}`);
      const entry = ({ kind, status, amountMinor, currency }: Json) =>
        ({ kind, status, wireAmount: amountMinor, currency }) as Entry;
      return (data as Json[]).map(entry).reverse();
    },
    async passChallenge(url, accept) {
      const body = new URLSearchParams({ answer: accept ? 'accept' : 'refuse' });
      await fetch(url, { method: 'POST', body, redirect: 'manual' });
    },
    async withShortChallenges(work) {
      await control('PUT', 'settings', { challengeSeconds: 1 });
      return work().finally(() => control('PUT', 'settings', { challengeSeconds: 300 }));
    },
    async loseAnswer(operation, reference) {
      const match = { reference };
      const fault = { target: 'gateway', operation, kind: 'drop_answer', delayMs: 5_000, match };
      await control('POST', 'faults', fault);
    },
    async tamper(reference, { wireAmount, ...change }) {
      const amount = wireAmount === undefined ? {} : { amountMinor: wireAmount };
      await control('POST', 'gateway/tamper', { reference, ...change, ...amount });
    },
    refunds: { pending: 1_013, failed: 1_019 },
    async refundThere(reference, amountMinor) {
      await control('POST', 'gateway/refund', { reference, amountMinor });
    },
    async disputeThere(reference, amountMinor) {
      const { id } = await control('POST', 'gateway/dispute', { reference, amountMinor });
      return {
        close: async (outcome) => void (await control('POST', `gateway/dispute/${id}/close`, { outcome })),
      };
    },
    notifications: (reference, wanted) =>
      until(async () => wanted(postbox.about(reference)) && postbox.about(reference)),
    secret: GATEWAY_WHSEC,
    newSecret: newWebhookSecret,
    sign: webhookHeaders,
    answers,
    async stop() {
      await box.stop();
      postbox.close();
    },
  };
}
