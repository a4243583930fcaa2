import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataOf, fresh, type Json, testSandbox, until, WHSEC } from './testing';

/** A portal that takes outcome reports, refusing the first one of each message. */
const reports: { body: Json; verified: boolean }[] = [];
const refusedOnce = new Set<string>();
const portal = createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const text = Buffer.concat(chunks).toString('utf8');
    const body = JSON.parse(text) as Json;
    const about = String(body.message ?? body.id);
    if (!refusedOnce.has(about)) {
      refusedOnce.add(about);
      res.writeHead(500).end();
      return;
    }
    let verified = true;
    try {
      new Webhook(WHSEC).verify(text, req.headers as Record<string, string>);
    } catch {
      verified = false;
    }
    reports.push({ body, verified });
    res.writeHead(204).end();
  });
});

let box: Awaited<ReturnType<typeof testSandbox>>;
beforeAll(async () => {
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  box = await testSandbox({ portalUrl: `http://127.0.0.1:${(portal.address() as AddressInfo).port}` });
});
afterAll(async () => {
  await box.stop();
  portal.close();
});

const sendSms = (to: string, reference: string) =>
  box.call('POST', '/sms/messages', {
    to,
    from: 'Shop',
    text: 'Pay: http://localhost:1/pay/abc.',
    reference,
  });
const sendMail = async (to: string, reference: string, port = box.smtpPort) => {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  const html = '<p>Pay <a href="http://localhost:1/pay/abc?a=1&amp;b=2">now</a><script>alert(1)</script></p>';
  const headers = { 'X-Counterfoil-Message': reference };
  const mail = {
    from: 'Shop <shop@example.com>',
    to,
    subject: 'Your <payment>',
    text: 'Pay: http://localhost:1/pay/abc',
    html,
  };
  await transport.sendMail({ ...mail, headers }).finally(() => transport.close());
};
const inboxOf = async (to: string) =>
  dataOf(await box.call('GET', `/control/inbox?to=${encodeURIComponent(to)}`));
const reportsOf = (reference: string) => reports.filter((report) => report.body.message === reference);

test('an SMS is taken, kept with its links, delivered, and reported with a signature that verifies', async () => {
  const reference = fresh('msg');
  const told = await sendSms('+447700900001', reference);
  expect([told.status, told.body.status]).toEqual([202, 'queued']);
  const [report] = await until(async () => reportsOf(reference).length > 0 && reportsOf(reference));
  expect(report).toMatchObject({ verified: true, body: { message: reference, status: 'delivered' } });
  const [message] = await inboxOf('+447700900001');
  expect(Object.keys(message ?? {}).sort()).toEqual(
    ['at', 'channel', 'from', 'html', 'id', 'links', 'status', 'subject', 'text', 'to'].sort(),
  );
  expect(message).toMatchObject({
    channel: 'sms',
    links: ['http://localhost:1/pay/abc'],
    status: 'delivered',
  });
  const unescapedPlus = await box.call('GET', '/control/inbox?to=+447700900001');
  expect(dataOf(unescapedPlus)).toHaveLength(1);
});

test('a mail over SMTP is kept with text, HTML and links, and reported', async () => {
  const reference = fresh('msg');
  await sendMail('payer@example.com', reference);
  const [report] = await until(async () => reportsOf(reference).length > 0 && reportsOf(reference));
  expect(report).toMatchObject({ verified: true, body: { status: 'delivered' } });
  expect(await inboxOf('PAYER@example.com')).toMatchObject([
    {
      channel: 'email',
      to: 'payer@example.com',
      subject: 'Your <payment>',
      links: ['http://localhost:1/pay/abc', 'http://localhost:1/pay/abc?a=1&b=2'],
    },
  ]);
});

test('magic numbers and addresses have their outcomes', async () => {
  const [bad, silent, bounced] = [fresh('msg'), fresh('msg'), fresh('msg')];
  await sendSms('+447700900999', bad);
  await sendSms('+447700900998', silent);
  await sendMail('bounce@example.com', bounced);
  await until(async () => reportsOf(bad).length > 0 && reportsOf(bounced).length > 0);
  expect(reportsOf(bad)[0]?.body).toMatchObject({ status: 'undelivered', reason: 'unreachable number' });
  expect(reportsOf(bounced)[0]?.body).toMatchObject({ status: 'bounced' });
  expect(reportsOf(silent)).toEqual([]);
  expect(await inboxOf('+447700900998')).toMatchObject([{ status: 'queued' }]);
});

test('the inbox page shows messages as text, its links open apart, and there is no script in it but its own', async () => {
  await sendMail('page@example.com', fresh('msg'));
  const told = await box.call('GET', '/inbox?to=page@example.com');
  const text = String(told.body.text);
  expect(text).toContain('Your &#60;payment&#62;');
  expect(text).toContain('href="http://localhost:1/pay/abc" target="_blank" rel="noopener"');
  expect(text).not.toContain('alert(1)');
  expect(told.headers.get('content-security-policy')).toContain("default-src 'none'");
  const frame = /src="(\/inbox\/[^"]+)"/.exec(text)?.[1] ?? '';
  const framed = await box.call('GET', frame);
  expect(framed.headers.get('content-security-policy')).toMatch(/^sandbox (?!.*allow-scripts)/);
});

test('a wrong key, number or field is refused by the SMS provider', async () => {
  const body = { to: '+447700900001', from: 'Shop', text: 'Hello', reference: 'msg_1' };
  expect((await box.call('POST', '/sms/messages', body, { authorization: 'Bearer x' })).status).toBe(401);
  expect((await box.call('POST', '/sms/messages', { ...body, to: '0770' })).status).toBe(400);
});

test('faults of SMS and mail: refused before, cut after, reported twice or never', async () => {
  const fault = (target: string, to: string, more: Json) =>
    box.call('POST', '/control/faults', { target, match: { to }, ...more });
  await fault('sms', '+447700900011', { kind: 'refuse' });
  expect((await sendSms('+447700900011', fresh('msg'))).status).toBe(503);
  expect(await inboxOf('+447700900011')).toEqual([]);
  await fault('smtp', 'cut@example.com', { kind: 'reset_after' });
  await expect(sendMail('cut@example.com', fresh('msg'))).rejects.toThrow();
  expect(await inboxOf('cut@example.com')).toHaveLength(1);
  await fault('smtp', 'busy@example.com', { kind: 'refuse', status: 452 });
  await expect(sendMail('busy@example.com', fresh('msg'))).rejects.toThrow(/452/);
  const [twice, never] = [fresh('msg'), fresh('msg')];
  await fault('sms', '+447700900012', { kind: 'duplicate', operation: 'report' });
  await fault('sms', '+447700900013', { kind: 'lose', operation: 'report' });
  await sendSms('+447700900013', never);
  await sendSms('+447700900012', twice);
  const both = await until(async () => reportsOf(twice).length === 2 && reportsOf(twice));
  expect(new Set(both.map((report) => report.body.id)).size).toBe(1);
  expect(reportsOf(never)).toEqual([]);
});

test('an SMS is answered at its page and by control, and told from the number to the sender until it is taken', async () => {
  await sendSms('+447700900014', fresh('msg'));
  const [sms] = await inboxOf('+447700900014');
  const page = await box.call('GET', '/inbox?to=+447700900014');
  const text = String(page.body.text);
  expect(page.headers.get('referrer-policy')).toBe('same-origin');
  expect(text).toContain(`action="/inbox/${sms?.id}/reply"`);
  const form = await box.call('POST', `/inbox/${sms?.id}/reply`, 'text=Stop%21');
  expect([form.status, form.headers.get('location')]).toEqual([303, '/inbox?to=%2B447700900014&replied']);
  const ordered = await box.call('POST', `/control/inbox/${sms?.id}/reply`, { text: 'START' });
  expect(ordered.status).toBe(202);
  const told = await until(async () => {
    const all = reports.filter(({ body }) => body.from === '+447700900014');
    return all.length === 2 && all;
  });
  expect(told.map(({ body, verified }) => [body.to, body.text, verified]).sort()).toEqual([
    ['Shop', 'START', true],
    ['Shop', 'Stop!', true],
  ]);
});

test('a mail is not answered, nor is an SMS by the page of another origin', async () => {
  await sendMail('answer@example.com', fresh('msg'));
  const [mail] = await inboxOf('answer@example.com');
  expect((await box.call('POST', `/inbox/${mail?.id}/reply`, 'text=STOP')).status).toBe(404);
  await sendSms('+447700900015', fresh('msg'));
  const [sms] = await inboxOf('+447700900015');
  const origin = { origin: 'https://elsewhere.example' };
  expect((await box.call('POST', `/inbox/${sms?.id}/reply`, 'text=STOP', origin)).status).toBe(403);
});
