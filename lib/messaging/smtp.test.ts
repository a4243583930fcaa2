import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { newId } from '../ids';
import { smtpTransport } from './smtp';

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

type Got = { raw: string; to: string[] };

async function mailServer(refuse: { rcpt?: number; data?: number } = {}) {
  const got: Got[] = [];
  const refusal = (code: number) => Object.assign(new Error('no'), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: (_address, _session, done) => done(refuse.rcpt ? refusal(refuse.rcpt) : undefined),
    onData: (stream, session, done) => {
      let raw = '';
      stream.on('data', (chunk) => {
        raw += chunk;
      });
      stream.on('end', () => {
        got.push({ raw, to: session.envelope.rcptTo.map((one) => one.address) });
        done(refuse.data ? refusal(refuse.data) : null);
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const { port } = server.server.address() as AddressInfo;
  const transport = smtpTransport(`smtp://127.0.0.1:${port}`, 'Counterfoil <pay@counterfoil.example>');
  open.push(transport, { close: () => server.close() });
  return { got, transport, port };
}

const mail = (change = {}) => ({
  to: 'ada@example.com',
  fromName: 'Müller, "Söhne"',
  replyTo: 'help@juniper.example',
  subject: 'Payment request',
  html: '<p>Hello</p>',
  text: 'Hello',
  reference: newId('message'),
  at: new Date('2031-02-03T04:05:06Z'),
  ...change,
});

test('a mail arrives whole, with its message named in a header', async () => {
  const { got, transport } = await mailServer();
  const sent = mail();
  expect(await transport.send(sent)).toEqual({ kind: 'accepted' });
  const parsed = await simpleParser(got[0]?.raw ?? '');
  expect(got[0]?.to).toEqual(['ada@example.com']);
  expect(parsed.headers.get('x-counterfoil-message')).toBe(sent.reference);
  expect(parsed.date).toEqual(sent.at);
  expect(parsed.from?.value[0]).toMatchObject({
    name: 'Müller, "Söhne"',
    address: 'pay@counterfoil.example',
  });
  expect(parsed.replyTo?.value[0]?.address).toBe('help@juniper.example');
  expect([parsed.subject, parsed.text?.trim()]).toEqual(['Payment request', 'Hello']);
  expect(got[0]?.raw).not.toMatch(/^List-/im);
});

test('a mail that was not asked for says in its head where such mails end, by one press', async () => {
  const { got, transport } = await mailServer();
  await transport.send(mail({ unsubscribeUrl: `https://pay.example/unsubscribe/${'a'.repeat(58)}` }));
  const head = (got[0]?.raw ?? '').replace(/\r\n\s+/g, ' ');
  expect(head).toMatch(/^List-Unsubscribe: <https:\/\/pay\.example\/unsubscribe\/a{58}>\r$/m);
  expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
});

test('a recipient that is refused for good is rejected, one refused for now is tried again', async () => {
  expect(await (await mailServer({ rcpt: 550 })).transport.send(mail())).toMatchObject({ kind: 'rejected' });
  expect(await (await mailServer({ rcpt: 451 })).transport.send(mail())).toMatchObject({ kind: 'retry' });
  expect(await (await mailServer({ data: 554 })).transport.send(mail())).toMatchObject({ kind: 'rejected' });
  expect(await (await mailServer({ data: 451 })).transport.send(mail())).toMatchObject({ kind: 'retry' });
});

test('a mail server that is away is tried again', async () => {
  const transport = smtpTransport('smtp://127.0.0.1:9', 'pay@counterfoil.example');
  expect(await transport.send(mail())).toMatchObject({ kind: 'retry' });
});

test('a line break in a subject or name makes no header of its own', async () => {
  const { got, transport } = await mailServer();
  await transport.send(mail({ subject: 'a\r\nBcc: x@example.com', fromName: 'a\r\nBcc: x@example.com' }));
  expect(got[0]?.raw).not.toMatch(/^Bcc:/im);
  expect(got[0]?.to).toEqual(['ada@example.com']);
});
