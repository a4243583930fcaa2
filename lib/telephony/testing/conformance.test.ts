import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phoneBox } from '@/sandbox/phone/testing';
import { testEnv } from '@/sandbox/testing';
import { webhookHeaders } from '../../webhooks/sign';
import type { Telephony } from '../port';
import { readSandboxCallNews, sandboxTelephony } from '../sandbox';
import { CLAUSES, type Subject } from './conformance';

const { telephonyKey, telephonySecret } = testEnv('');
const key = telephonyKey ?? '';
let subject: Subject;
let close: () => Promise<void>;

/** A provider on loopback that answers everything alike; `cut` in its path breaks off. */
async function brokenProvider() {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(request.url?.split('/')[1] ?? '');
    if (asked === 'cut') return request.socket.destroy();
    const { status, body } = JSON.parse(asked) as { status: number; body: string };
    return response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => server.close() };
}

beforeAll(async () => {
  const phone = await phoneBox();
  const broken = await brokenProvider();
  const { port } = phone.box;
  const events = `${phone.heard.url}/events`;
  const adapterAt = (url: string): Telephony => sandboxTelephony(url, key, events);
  let dialed = 0;
  subject = {
    adapter: adapterAt(`http://127.0.0.1:${port}/telephony`),
    read: readSandboxCallNews,
    callback: `${phone.heard.url}/keypad/captures/one`,
    url: events,
    at: (answer) =>
      adapterAt(`${broken.url}/${encodeURIComponent(answer === 'cut' ? answer : JSON.stringify(answer))}`),
    dial: async ({ recorded = true, confirms = 'answer' } = {}) => {
      dialed += 1;
      const agent = `agent ${dialed}`;
      const id = await phone.open({ agent, recorded, recordings: 2, recordingConfirms: confirms });
      const read = async () =>
        (await phone.control('GET', `/${id}`)).body as {
          recordings: { state: string }[];
          secured: string | null;
        };
      return {
        id,
        agent,
        recordings: async () => (await read()).recordings.map(({ state }) => state),
        secured: async () => (await read()).secured !== null,
        press: async (pressed) => {
          await phone.keys(id, pressed);
          return phone.heard.digits.filter(({ call }) => call === id).map((one) => one.key);
        },
        hangUp: async () => void (await phone.control('POST', `/${id}/hang-up`, { by: 'customer' })),
      };
    },
    signed: (seconds = 0) => {
      const secret = telephonySecret ?? '';
      const at = new Date(Date.now() - seconds * 1_000);
      const parties = { direction: 'inbound', agent: 'Sam', customerPhone: null };
      const call = { id: 'call_1', leg: 'leg_1', state: 'ended', endedBy: 'customer', ...parties };
      const body = JSON.stringify({ id: 'evt_1', type: 'call.ended', at: at.toISOString(), data: call });
      return { secret, headers: webhookHeaders(secret, 'evt_1', body, at), body };
    },
  };
  close = async () => {
    broken.close();
    await phone.stop();
  };
});
afterAll(() => close());

describe('the adapter of the sandbox’s telephone', () => {
  test.each(CLAUSES.map((clause) => [clause.name, clause] as const))('%s', (_name, clause) =>
    clause.holds(subject),
  );
});

/** Adapters that are wrong on purpose, and how many clauses must say so at least. */
const WRONG: Record<string, (good: Telephony) => Telephony> = {
  'a promise passes for a confirmation': (good) => ({
    ...good,
    suspendRecording: async (id) => {
      const answer = await good.suspendRecording(id);
      return answer.kind === 'pending' ? { kind: 'suspended' } : answer;
    },
  }),
  'it says resumed and does nothing': (good) => ({
    ...good,
    resumeRecording: async () => ({ kind: 'resumed' }),
  }),
  'one secret serves every capture': (good) => {
    const source = good.source();
    return { ...good, source: () => source };
  },
};

test.each(Object.entries(WRONG))('an adapter that is wrong is found: %s', async (_name, spoil) => {
  const wrong = { ...subject, adapter: spoil(subject.adapter) };
  const results = await Promise.allSettled(CLAUSES.map((clause) => clause.holds(wrong)));
  expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
});
