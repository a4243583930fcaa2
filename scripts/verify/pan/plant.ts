/** Puts the controls into the sinks of a running installation and of a stopped one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { createTransport } from 'nodemailer';
import postgres from 'postgres';
import { uuidFromId } from '@/core/ids';
import type { Controls } from './controls';
import type { House } from './house';
import { SINKS, type Sink } from './sinks';

const texts = (planted: readonly Buffer[]): string[] => planted.map((example) => example.toString());

/** Rows that hold bytes as they are: what is in them is in the table, the server's files and its log. */
async function plantInDatabase(sql: postgres.Sql, controls: Controls): Promise<void> {
  await sql`create table pan_controls (raw bytea not null)`;
  for (const sink of [SINKS.tables, SINKS.cluster, SINKS.wal])
    for (const example of controls.of(sink)) await sql`insert into pan_controls values (${example})`;
  for (const note of texts(controls.of(SINKS.queue)))
    await sql`select graphile_worker.add_job('pan_control', ${JSON.stringify({ note })}::text::json)`;
}

/** A link whose metadata was changed behind the API, which refuses such. */
async function plantInAnswers(sql: postgres.Sql, house: House, controls: Controls): Promise<void> {
  const { id } = await house.issue();
  const metadata = JSON.stringify({ notes: texts(controls.of(SINKS.answers)) });
  await sql`update payment_links set metadata = ${metadata}::text::jsonb where id = ${uuidFromId('paymentLink', id)}`;
}

async function plantInInbox(house: House, controls: Controls): Promise<void> {
  const planted = texts(controls.of(SINKS.inbox));
  const mail = createTransport({ host: '127.0.0.1', port: house.smtpPort, secure: false, ignoreTLS: true });
  const even = planted.filter((_, i) => i % 2 === 0);
  await mail.sendMail({
    from: 'a@example.com',
    to: 'control@example.com',
    subject: 'x',
    text: even.join('\n\n'),
  });
  mail.close();
  for (const text of planted.filter((_, i) => i % 2 === 1)) {
    const { status } = await house.ask(`${house.run.sandboxUrl}/sms/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${house.secrets().SMS_PROVIDER_KEY}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ to: '+447700900998', from: 'Shop', text, reference: 'control' }),
    });
    if (status !== 202) throw new Error(`the sandbox did not take an SMS: ${status}`);
  }
}

async function plantInReceiver(house: House, controls: Controls): Promise<void> {
  await house.ask(`${house.run.sandboxUrl}/receiver/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'pan.control', data: texts(controls.of(SINKS.webhooks)) }),
  });
}

/** In the storage of a real page. What is not ASCII the browser would write in another way: it goes into a file later. */
async function plantInBrowser(page: Page, controls: Controls): Promise<Buffer[]> {
  const profile = controls.of(SINKS.profile);
  const isAscii = (example: Buffer) => example.every((byte) => byte > 0 && byte < 128);
  const kept = texts(profile.filter(isAscii));
  const [cookie = '', ...asked] = texts(controls.of(SINKS.storage));
  await page.context().addCookies([{ name: 'control', value: encodeURIComponent(cookie), url: page.url() }]);
  await page.evaluate(
    ([inProfile = [], inStorage = []]) => {
      // Twice, apart: the browser's log cuts what crosses the border of a block.
      for (const round of ['a', 'b'])
        for (const [i, text] of inProfile.entries()) localStorage.setItem(`${round}${i}`, text);
      for (const [i, text] of inStorage.entries()) {
        const place = i % 2 === 0 ? localStorage : sessionStorage;
        place.setItem(`asked${i}`, text);
      }
    },
    [kept, asked],
  );
  return profile.filter((one) => !isAscii(one));
}

/** A process that holds every spelling on its heap, as a process of the product could. */
async function startHolder(controls: Controls): Promise<ChildProcess> {
  const script = `let text = ''; process.stdin.on('data', (part) => { text += part; }).on('end', () => {
    globalThis.kept = JSON.parse(text).map((one) => Buffer.from(one, 'base64'));
    setInterval(() => globalThis.kept.length, 1000); console.log('ready'); });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const planted = controls.of(SINKS.held).map((example) => example.toString('base64'));
  child.stdin?.end(JSON.stringify(planted));
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

/** A request whose body never ends: as long as it is open the portal holds what has come of it. */
async function plantInPortal({ run }: House, controls: Controls): Promise<Socket> {
  const { hostname, port } = new URL(run.portalUrl);
  const body = join(controls.of(SINKS.portal));
  const head = [
    'POST /api/v1/payment-links HTTP/1.1',
    `host: ${hostname}:${port}`,
    `authorization: Bearer ${run.apiKey}`,
    'content-type: application/json',
    `content-length: ${body.length + 1}`,
  ];
  const socket = connect(Number(port), hostname).on('error', () => {});
  await once(socket, 'connect');
  socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  return socket;
}

export type Running = { holder: ChildProcess; forProfile: Buffer[]; end: () => Promise<void> };

/** Into everything that runs. `end` lets go of what had to be held while memory is read. */
export async function plantRunning(house: House, page: Page, controls: Controls): Promise<Running> {
  const sql = postgres(house.run.databaseUrl, { max: 1, onnotice: () => {} });
  const holder = await startHolder(controls);
  const request = await plantInPortal(house, controls);
  await plantInDatabase(sql, controls);
  await plantInAnswers(sql, house, controls);
  await plantInInbox(house, controls);
  await plantInReceiver(house, controls);
  const forProfile = await plantInBrowser(page, controls);
  for (const [i, text] of texts(controls.of(SINKS.postgres)).entries())
    await sql`select set_config(${`pan.control${i}`}, ${text}, false)`;
  await sleep(300);
  const end = async () => {
    holder.kill();
    request.destroy();
    await sql.end();
  };
  return { holder, forProfile, end };
}

const join = (planted: readonly Buffer[]): Buffer =>
  Buffer.concat(planted.flatMap((example) => [example, Buffer.from('\n')]));

/** Into what lies on the disk once everything has stopped. Gives the files that are not the installation's own. */
export function plantAtRest(
  places: { dataDir: string; root: string; profile: string },
  forProfile: Buffer[],
  controls: Controls,
): string[] {
  const { dataDir, root, profile } = places;
  const add = (sink: Sink, file: string) => {
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, join(controls.of(sink)));
    return file;
  };
  const pack = (sink: Sink, folder: string) => {
    const gz = path.join(folder, 'pan-control.gz');
    const br = path.join(folder, 'pan-control.br');
    writeFileSync(gz, gzipSync(controls.packedOf(sink, 'gzip')));
    writeFileSync(br, brotliCompressSync(controls.packedOf(sink, 'brotli')));
    return [gz, br];
  };
  add(SINKS.logs, path.join(dataDir, 'logs', 'portal.log'));
  pack(SINKS.logs, path.join(dataDir, 'logs'));
  add(SINKS.journals, path.join(dataDir, 'sandbox', 'ledger.jsonl'));
  add(SINKS.dataDir, path.join(dataDir, 'pan-control'));
  writeFileSync(path.join(profile, 'pan-control'), join(forProfile));
  const cache = path.join(root, '.next', 'cache');
  const own = [
    add(SINKS.build, path.join(cache, 'pan-control')),
    ...pack(SINKS.build, path.join(root, 'dist')),
  ];
  return own;
}

/** Takes away what was planted outside the installation. */
export const removePlanted = (files: readonly string[]): void => {
  for (const file of files) rmSync(file, { force: true });
};
