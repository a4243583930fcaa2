/** Whom the telephone talks to, played over real HTTP: the card process that takes keys, and the portal that is told of calls. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { DigitKeyed } from '@/core/keypad';
import { type Json, type Told, testEnv, testSandbox, until } from '../testing';

export const SECRET = 'the secret of one capture';
const { telephonyKey, telephonySecret } = testEnv('');

type TelephoneEvent = { id: string; type: string; at: string; data: Json; verified: boolean };

/** Keeps the keys that it takes, those that are wrongly signed, and every notification; answers keys as told. */
async function listener() {
  const digits: DigitKeyed[] = [];
  const unsigned: string[] = [];
  const events: TelephoneEvent[] = [];
  const answers: (number | 'hang')[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (req.url?.startsWith('/events')) {
        let verified = true;
        try {
          new Webhook(telephonySecret ?? '').verify(body, req.headers as Record<string, string>);
        } catch {
          verified = false;
        }
        events.push({ ...(JSON.parse(body) as TelephoneEvent), verified });
        return res.writeHead(204).end();
      }
      const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
      if (req.headers['x-phone-signature'] !== signature) unsigned.push(body);
      const status = answers.shift() ?? 200;
      if (status === 'hang') return;
      if (status === 200) digits.push(JSON.parse(body) as DigitKeyed);
      res.writeHead(status).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url, digits, unsigned, events, answers, close };
}

/** A sandbox with a telephone, and one call's worth of shortcuts. */
export async function phoneBox() {
  const box = await testSandbox();
  const heard = await listener();
  const api = (method: string, path: string, body?: Json): Promise<Told> =>
    box.call(method, `/telephony/calls${path}`, body, { authorization: `Bearer ${telephonyKey}` });
  const control = (method: string, path: string, body?: Json): Promise<Told> =>
    box.call(method, `/control/phone/calls${path}`, body);
  const open = async (input: Json = {}): Promise<string> =>
    String((await control('POST', '', input)).body.id);
  return {
    box,
    heard,
    api,
    control,
    open,
    eventsUrl: `${heard.url}/events`,
    suspend: (id: string) => api('POST', `/${id}/recordings/suspend`, { eventsUrl: `${heard.url}/events` }),
    resume: (id: string) => api('POST', `/${id}/recordings/resume`, { eventsUrl: `${heard.url}/events` }),
    secure: (id: string, callback = `${heard.url}/keypad/captures/${id}`) =>
      api('POST', `/${id}/secure`, { callback, secret: SECRET, eventsUrl: `${heard.url}/events` }),
    release: (id: string) => api('POST', `/${id}/release`),
    keys: (id: string, keys: string) => control('POST', `/${id}/keys`, { keys, gapMs: 40 }),
    /** The keys that arrived for a call, in the order in which they came. */
    arrived: (id: string) =>
      heard.digits
        .filter(({ call }) => call === id)
        .map(({ key }) => key)
        .join(''),
    typesOf: (id: string) => heard.events.filter(({ data }) => data.id === id).map(({ type }) => type),
    come: (id: string, type: string, count = 1) =>
      until(async () => {
        const found = heard.events.filter((one) => one.data.id === id && one.type === type);
        return found.length >= count && found;
      }),
    audio: async (id: string, of: 'agent' | 'recording'): Promise<Buffer> => {
      const answer = await fetch(`http://127.0.0.1:${box.port}/control/phone/calls/${id}/audio?of=${of}`);
      return Buffer.from(await answer.arrayBuffer());
    },
    kinds: async (id: string, of: 'agent' | 'recording'): Promise<string[]> =>
      ((await control('GET', `/${id}/record`)).body[of] as { kind: string }[]).map(({ kind }) => kind),
    stop: async () => {
      heard.close();
      await box.stop();
    },
  };
}
