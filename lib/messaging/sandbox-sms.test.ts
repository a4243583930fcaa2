import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { sandboxSms } from './sandbox-sms';

const sms = { to: '+447700900123', from: 'Juniper', text: 'Hello', reference: 'msg_x' };

test.each([
  [202, 'accepted'],
  [400, 'rejected'],
  [401, 'retry'],
  [429, 'retry'],
  [503, 'retry'],
])('the answer %i of the SMS provider means %s', async (status, kind) => {
  let got: { authorization?: string | undefined; url?: string | undefined; body: string } = { body: '' };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      got = { authorization: request.headers.authorization, url: request.url, body };
      response.writeHead(status).end(JSON.stringify({ id: 'sm_1', status: 'queued' }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const result = await sandboxSms(`http://127.0.0.1:${port}/sms`, 'key').send(sms);
  server.close();
  expect(result).toMatchObject(status === 202 ? { kind, id: 'sm_1' } : { kind });
  expect({ ...got, body: JSON.parse(got.body) }).toEqual({
    authorization: 'Bearer key',
    url: '/sms/messages',
    body: sms,
  });
});

test('an SMS provider that is away is tried again', async () => {
  expect(await sandboxSms('http://127.0.0.1:9', 'key').send(sms)).toMatchObject({ kind: 'retry' });
});
