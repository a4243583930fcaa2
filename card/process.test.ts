/** The built program, as it is deployed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCALE_CODES } from '@/core/messages';
import { refusalToStart } from './env';
import { formPage } from './frame/form-page';
import { readFrameScript } from './frame/script';
import {
  ask,
  CARD_HEADERS,
  CARD_ORIGIN,
  cardBody,
  listen,
  newKeys,
  PAN,
  PARENT,
  signedTicket,
  startGateway,
  startPortal,
} from './testing';

const out = mkdtempSync(join(tmpdir(), 'card-'));
const frameFile = join(out, 'frame.js');
let serverGraph: Metafile;
const children: ChildProcess[] = [];

beforeAll(async () => {
  const root = new URL('..', import.meta.url).pathname;
  const common = { bundle: true, metafile: true as const, absWorkingDir: root, logLevel: 'error' as const };
  const [server] = await Promise.all([
    build({
      ...common,
      entryPoints: ['card/server.ts'],
      outfile: join(out, 'card.mjs'),
      platform: 'node',
      format: 'esm',
      target: 'node20',
    }),
    build({
      ...common,
      entryPoints: ['card/frame/main.ts'],
      outfile: frameFile,
      format: 'iife',
      minify: true,
    }),
  ]);
  serverGraph = server.metafile;
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(out, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const wire = await listen(createServer());
  await wire.close();
  return Number(new URL(wire.origin).port);
}

/** Starts the built program with exactly this environment. */
function start(env: Record<string, string>, args: readonly string[] = []) {
  const child = spawn(process.execPath, [...args, join(out, 'card.mjs')], {
    env: { NODE_ENV: 'production', ...env },
    stdio: 'pipe',
  });
  children.push(child);
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output.text += chunk.toString();
    });
  return { child, output, exited: once(child, 'exit') };
}

async function settings() {
  const portalKeys = newKeys();
  const cardKeys = newKeys();
  const gateway = await startGateway();
  const portal = await startPortal(
    { portal: portalKeys.privateKey, card: cardKeys.publicKey },
    gateway.origin,
  );
  const port = await freePort();
  const env = {
    CARD_PORT: String(port),
    CARD_URL: CARD_ORIGIN,
    PORTAL_INTERNAL_URL: portal.origin,
    PARENT_ORIGINS: PARENT,
    CHALLENGE_ORIGINS: gateway.origin,
    TICKET_PUBLIC_KEY: portalKeys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
    CARD_SIGNING_KEY: cardKeys.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
  };
  const card = { origin: `http://127.0.0.1:${port}`, close: async () => {} };
  return { env, card, portal, gateway, ticket: () => signedTicket(portalKeys.privateKey) };
}

async function untilReady(card: { origin: string; close: () => Promise<void> }): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const ready = await ask(card, '/readyz').catch(() => null);
    if (ready?.status === 200) return;
    await sleep(50);
  }
  throw new Error('the card process did not start');
}

describe('what the program is made of', () => {
  test('only card/ and core/: no package, no database, no schema library', () => {
    const files = Object.keys(serverGraph.inputs);
    expect(files).toContain('card/server.ts');
    expect(files.filter((file) => !/^(card|core)\/[\w./-]+\.ts$/.test(file))).toEqual([]);
    const imports = Object.values(serverGraph.outputs).flatMap((output) => output.imports);
    expect(imports.map(({ path }) => path).filter((path) => !path.startsWith('node:'))).toEqual([]);
  });

  test('the whole form stays under 15 kB compressed in every language', () => {
    const script = readFrameScript(frameFile, import.meta.url);
    for (const locale of LOCALE_CODES)
      expect(brotliCompressSync(formPage(locale, script)).length).toBeLessThanOrEqual(15_000);
  });

  test('every path to a number stays closed in the form: no storage, no log, no beacon', () => {
    const text = readFileSync(frameFile, 'utf8');
    expect(text).not.toMatch(
      /localStorage|sessionStorage|indexedDB|document\.cookie|sendBeacon|console\.|innerHTML/,
    );
  });
});

describe('it refuses to start', () => {
  test.each([
    ['DATABASE_URL', 'postgres://x'],
    ['DATABASE_DIRECT_URL', 'postgres://x'],
    ['PGPASSWORD', 'x'],
    ['DATA_ENCRYPTION_KEY', 'x'],
    ['LINK_TOKEN_KEYS', '1:x'],
    ['NEXTAUTH_SECRET', 'x'],
    ['TICKET_SIGNING_KEY', 'x'],
    ['NODE_OPTIONS', '--heapsnapshot-signal=SIGUSR2'],
  ])('with %s', async (name, value) => {
    expect(refusalToStart({ PATH: '/bin', [name]: value }, [])).toMatch(/refuses to start/);
    expect(refusalToStart({ PATH: '/bin', [name]: '' }, [])).toBeNull();
  });

  test('and says so in one sentence, without the value', async () => {
    const { env } = await settings();
    const database = start({ ...env, DATABASE_URL: 'postgres://secret' });
    expect(await database.exited).toEqual([1, null]);
    expect(database.output.text).toMatch(/^The card process refuses to start: DATABASE_URL is set.*\n$/);
    expect(database.output.text).not.toContain('secret');
    const inspected = start(env, ['--inspect=0']);
    expect((await inspected.exited)[0]).toBe(1);
    const incomplete = start({ ...env, TICKET_PUBLIC_KEY: env.CARD_SIGNING_KEY });
    expect((await incomplete.exited)[0]).toBe(1);
    expect(incomplete.output.text).toBe('TICKET_PUBLIC_KEY is not an Ed25519 key in base64url DER\n');
  });
});

describe('the running program', () => {
  test('takes a card, ignores the debugger signal, finishes what runs on SIGTERM, and writes no digit of the card', async () => {
    const { env, card, portal, gateway, ticket } = await settings();
    const { child, output, exited } = start(env);
    await untilReady(card);
    child.kill('SIGUSR1');
    const answer = gateway.respond;
    gateway.respond = (response, body) => {
      child.kill('SIGTERM');
      setTimeout(() => answer(response, body), 400);
    };
    const request = { method: 'POST', headers: CARD_HEADERS, body: cardBody(ticket()) };
    expect(await ask(card, '/authorize', request)).toMatchObject({
      status: 200,
      body: '{"state":"authorized"}',
    });
    expect(await exited).toEqual([0, null]);
    expect(portal.results).toHaveLength(1);
    expect(output.text).not.toMatch(/Debugger|inspector/i);
    for (const digits of [PAN, PAN.slice(0, 6), 'Łovelace']) expect(output.text).not.toContain(digits);
    for (const line of output.text.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
    await Promise.all([portal.close(), gateway.close()]);
  });
});
