import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Press, type PressLimits } from './press';
import type { Receipt } from './words';

const LIMITS: PressLimits = { mostWaiting: 2, mostKept: 2, patienceMs: 600, idleMs: 60_000 };
const receipt = (merchant: string) => ({ merchant }) as Receipt;
const asText = async (pdf: Promise<Uint8Array> | null) => pdf && Buffer.from(await pdf).toString();

/** A thread that counts what it makes, never ends with one that is called "endless", and dies of "broken". */
const THREAD = `import { parentPort } from 'node:worker_threads';
let made = 0;
parentPort.on('message', ({ receipt: { merchant } }) => {
  if (merchant === 'broken') throw new Error('broken');
  if (merchant === 'endless') for (;;);
  parentPort.postMessage(Buffer.from(merchant + ++made));
});`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'press-'));
  await writeFile(path.join(folder, 'thread.mjs'), THREAD);
});
afterAll(() => rm(folder, { recursive: true }));

/** A press for one test. */
async function withPress(work: (press: Press) => Promise<void>) {
  const press = new Press(path.join(folder, 'thread.mjs'), LIMITS);
  await work(press).finally(() => press.close());
}

test('one receipt asked for many times is made once; the oldest that was made is forgotten', () =>
  withPress(async (press) => {
    const all = await Promise.all(Array.from({ length: 20 }, () => asText(press.make(receipt('a')))));
    expect(new Set(all)).toEqual(new Set(['a1']));
    expect(await asText(press.make(receipt('a')))).toBe('a1');
    for (const name of ['b', 'c']) await asText(press.make(receipt(name)));
    expect(await asText(press.make(receipt('a')))).toBe('a4');
  }));

test('more than may wait are told so at once, and those that wait are made in turn', () =>
  withPress(async (press) => {
    const taken = ['a', 'b', 'c'].map((name) => asText(press.make(receipt(name))));
    expect(press.make(receipt('d'))).toBeNull();
    expect(await Promise.all(taken)).toEqual(['a1', 'b2', 'c3']);
    expect(await asText(press.make(receipt('d')))).toBe('d4');
  }));

test.each(['endless', 'broken'])('one that is %s ends with its thread, and the next is made', (fault) =>
  withPress(async (press) => {
    const [bad, good] = [press.make(receipt(fault)), press.make(receipt('a'))];
    await expect(bad).rejects.toThrow(fault === 'endless' ? 'too long' : 'broken');
    expect(await asText(good)).toBe('a1');
  }),
);
