import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '@/db/server';
import { isAlive, waitUntil } from '@/db/server/processes';
import { readConfig } from './config';
import { databaseSentence } from './database-sentence';
import { identityOf } from './identity';
import { holder, takeLock } from './lock';
import { checkPorts } from './ports';
import { temporaryFolder } from './testing';

test('one launcher at a time: the second is told the process id of the first', async () => {
  const dataDir = temporaryFolder();
  const lock = await takeLock(dataDir);
  expect(holder(dataDir)).toBe(process.pid);
  await expect(takeLock(dataDir)).rejects.toThrow(`already running from ${dataDir} (process ${process.pid})`);
  lock.release();
  const again = await takeLock(dataDir);
  expect(again.recovered).toBe(false);
  again.release();
});

test('the lock of a process id that now belongs to another program holds nobody up', async () => {
  const dataDir = temporaryFolder();
  const stale = { pid: process.pid, identity: 'long ago', children: [] };
  writeFileSync(join(dataDir, 'counterfoil.lock'), JSON.stringify(stale));
  const lock = await takeLock(dataDir);
  expect(lock.recovered).toBe(true);
  lock.release();
  expect(existsSync(join(dataDir, 'counterfoil.lock'))).toBe(false);
});

test('a damaged lock file holds nobody up', async () => {
  const dataDir = temporaryFolder();
  writeFileSync(join(dataDir, 'counterfoil.lock'), '{"pid":');
  (await takeLock(dataDir)).release();
});

test('processes left by a killed launcher are ended before the next start', async () => {
  const dataDir = temporaryFolder();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true });
  const pid = child.pid ?? 0;
  const children = [{ name: 'portal', pid, identity: identityOf(pid) }];
  const stale = { pid: 2 ** 22 - 1, identity: 'gone', children };
  writeFileSync(join(dataDir, 'counterfoil.lock'), JSON.stringify(stale));
  (await takeLock(dataDir)).release();
  expect(await waitUntil(() => !isAlive(pid), 1_000)).toBe(true);
});

test('a taken port is named with the variable that moves it', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  const base = readConfig(process.cwd(), false);
  const ports = { portal: await freePort(), card: port, sandbox: await freePort(), smtp: await freePort() };
  const config = { ...base, mode: 'demo' as const, host: '127.0.0.1', ports };
  await expect(checkPorts(config, 300)).rejects.toThrow(`Port ${port} is taken by another program`);
  await expect(checkPorts(config, 0)).rejects.toThrow('set CARD_PORT to a free port');
  setTimeout(() => other.close(), 300);
  await checkPorts(config, 5_000);
});

test('each way a database can be wrong has its sentence; a bug has none', () => {
  const url = 'postgres://me:secret@db.example:5433/shop';
  const wrapped = (code: string) =>
    new Error('query failed', { cause: Object.assign(new Error(code), { code }) });
  const codes = ['ECONNREFUSED', 'ENOTFOUND', '28P01', '3D000', '42501', '53300'];
  const sentences = codes.map((code) => databaseSentence(wrapped(code), url));
  expect(new Set(sentences).size).toBe(codes.length);
  for (const sentence of sentences) {
    expect(sentence).toMatch(/db\.example|shop/);
    expect(sentence).not.toContain('secret');
  }
  expect(databaseSentence(new TypeError('x is not a function'), url)).toBeNull();
});
