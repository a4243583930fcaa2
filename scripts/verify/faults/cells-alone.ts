/** Rows whose fault would hit every payment under way: their payments run one after the other, with nobody beside them. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, Case } from './case';
import { caseAt } from './case-at';
import { batch } from './cells-processes';
import { broken, type Column, type Judged, judged, stepOf } from './columns';
import { RefundCase } from './refund-case';
import { SmallDisk } from './small-disk';

const SOON_MS = 15_000;

/** No byte reaches the gateway: its address refuses, right after leave to send was given, or when a refund is asked for. */
export async function gatewayRefused(bench: Bench): Promise<Judged[]> {
  const { proxies } = bench.house;
  const refund = await new RefundCase(bench, 'gatewayRefused', 'R1–R2').payFirst();
  const both = (['S1–S2', 'K1–K2'] as const).map((column) => caseAt(bench, 'gatewayRefused', column));
  await Promise.all(both.map((one) => one.drive('submit.answered')));
  await proxies.gateway.shut();
  const reported = Promise.all(both.map((one) => one.switchboard.next(one.name, 'result.asked')));
  for (const one of both) one.release();
  refund.ask();
  await Promise.race([reported, sleep(SOON_MS)]);
  await proxies.gateway.open();
  return [...both.map((one) => judged(one.column, one.judge())), judged('R1–R2', refund.judge())];
}

type How = 'before' | 'after';
type Loss = readonly [column: Column, how: How];

/** Which commit is lost at each step, and whether before or after it was carried out; so many are held at once. */
const COMMITS: readonly (readonly Loss[])[] = [
  [
    ['S5–S6', 'after'],
    ['S1–S2', 'before'],
    ['S2–S3', 'after'],
    ['S4–S5', 'before'],
    ['S4–S5', 'after'],
    ['S0–S1', 'before'],
    ['S0–S1', 'after'],
  ],
  [
    ['S6–S7', 'after'],
    ['R4–R5', 'after'],
    ['R0–R1', 'before'],
    ['R0–R1', 'after'],
    ['R3–R4', 'before'],
    ['R3–R4', 'after'],
    ['S3–S4', 'before'],
  ],
];
const KEYED_COMMITS: readonly Loss[] = [
  ['K0–K1', 'before'],
  ['K0–K1', 'after'],
  ['K1–K2', 'before'],
  ['K2–K3', 'after'],
  ['K4–K5', 'before'],
  ['K4–K5', 'after'],
  ['K3–K4', 'before'],
];
/** Where the worker commits. Elsewhere it is the portal. */
const BY_WORKER: readonly string[] = ['S3–S4', 'R3–R4', 'S6–S7', 'R4–R5'];
/** Where nothing is committed until the next step, or many deliveries at once: every connection is lost. */
const ALL_LOST: readonly string[] = ['S5–S6', 'S6–S7', 'R4–R5'];
const DELIVERED: readonly string[] = ['S6–S7', 'R4–R5'];

/** Held just before it commits. Between S2 and S3 nothing is committed: what is lost is the word of the leave to send. */
function beforeCommit(one: Case, at: Column): Promise<unknown> {
  const column = stepOf(at);
  if (DELIVERED.includes(column)) return one.drive('webhook.answered');
  // The gateway's notice would be committed while its answer is held, and nothing would be left to lose.
  if (BY_WORKER.includes(column)) one.switchboard.loseNotices(one.name);
  return one.drive(column === 'S2–S3' ? 'submit.asked' : undefined);
}

/** Resolves when the fault is over, to whether it has happened. */
async function loseCommit({ house }: Bench, one: Case, [at, how]: Loss): Promise<boolean> {
  const column = stepOf(at);
  const database = house.databases[BY_WORKER.includes(column) ? 'worker' : 'portal'];
  if (ALL_LOST.includes(column)) {
    database.cut();
    one.release();
    return true;
  }
  const lost = database.cutCommit(how, one.linkUuid).then(() => true);
  one.release(column === 'S3–S4' ? { act: 'reset' } : undefined);
  return Promise.race([lost, sleep(SOON_MS, false)]);
}

/** All are held before their commits; then these are lost one after the other. */
async function loseCommits(bench: Bench, losses: readonly Loss[]): Promise<Judged[]> {
  const cases = losses.map((loss) => ({ loss, one: caseAt(bench, 'commitLost', loss[0]) }));
  await Promise.allSettled(cases.map(({ one }) => one.issue()));
  const all = cases.map(({ loss, one }) => ({ loss, one, driven: beforeCommit(one, loss[0]) }));
  await Promise.allSettled(all.map(({ driven }) => driven));
  const found: Judged[] = [];
  for (const { loss, one, driven } of all) {
    const isLost = await driven.then(() => loseCommit(bench, one, loss)).catch(broken);
    const outcome = isLost === true ? one.judge() : Promise.resolve(isLost || broken('no commit was lost'));
    found.push(judged(loss[0], outcome, `${loss[1]} it was carried out`));
  }
  return found;
}

export async function commitLost(bench: Bench): Promise<Judged[]> {
  const found: Judged[] = [];
  for (const losses of bench.unkeyed ? COMMITS : [...COMMITS, KEYED_COMMITS])
    found.push(...(await loseCommits(bench, losses)));
  return found;
}

/** What a process may take, as util-linux sets it while the process runs. False where this machine cannot. */
const limit = (pid: number, what: string): boolean =>
  spawnSync('prlimit', ['--pid', String(pid), `--${what}`], { encoding: 'utf8' }).status === 0;

const MANY_FILES = 'nofile=4096:';
const MUCH_MEMORY = 'as=unlimited:';
const APPS = ['portal', 'card', 'worker'] as const;

/** The number that the next file or connection of a process would get. */
function nextFile(pid: number): number {
  const open = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  let next = 0;
  while (open.has(next)) next += 1;
  return next;
}

/** The portal may open no file and no connection more. */
function socketsExhausted(bench: Bench): Promise<Judged[]> {
  const { pid } = bench.house.parts.portal;
  return batch(bench, 'exhausted', {
    way: 'sockets',
    strike: async () => {
      limit(pid, `nofile=${nextFile(pid)}:`);
    },
    end: async () => {
      await sleep(4_000);
      limit(pid, MANY_FILES);
    },
  });
}

const sizeOf = (pid: number): number =>
  1024 * Number(/^VmSize:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

/** Portal, card process and worker get no page of memory more: they fail, or die of it and are started again. */
function memoryExhausted(bench: Bench): Promise<Judged[]> {
  const parts = APPS.map((name) => bench.house.parts[name]);
  return batch(bench, 'exhausted', {
    way: 'memory',
    acts: { 'S3–S4': { act: 'reset' } },
    strike: async () => {
      for (const part of parts) {
        part.mayEnd = true;
        limit(part.pid, `as=${sizeOf(part.pid)}:`);
      }
    },
    end: async () => {
      await sleep(4_000);
      for (const { pid } of parts) if (pid > 0) limit(pid, MUCH_MEMORY);
      await sleep(100);
      await Promise.all(
        parts.map(async (part) => {
          await part.start();
          part.mayEnd = false;
        }),
      );
    },
  });
}

/** Needs /proc and prlimit of util-linux. */
export async function exhausted(bench: Bench): Promise<Judged[] | string> {
  if (process.platform !== 'linux' || !limit(bench.house.parts.portal.pid, MANY_FILES))
    return 'this machine has no prlimit';
  return [...(await socketsExhausted(bench)), ...(await memoryExhausted(bench))];
}

/** The database's disk has no byte left: a small one of its own, so that nothing else of this machine is hurt. */
export async function diskFull(bench: Bench): Promise<Judged[] | string> {
  const disk = await SmallDisk.move(bench.house);
  if (!disk) return 'this user may not mount a file system here';
  const sacrifice = await new Case(bench, 'diskFull', 'S0–S1').issue();
  sacrifice.closed = true;
  const judged = await batch(bench, 'diskFull', {
    strike: async () => {
      bench.house.cluster.mayEnd = true;
      disk.fill();
      // Half-filled pages still take rows: others use them up first.
      for (let refused = 0; refused < 3; ) refused = (await sacrifice.payer().takeTicket()) ? 0 : refused + 1;
    },
    end: async () => {
      await sleep(3_000);
      disk.free();
      await bench.house.cluster.start();
      bench.house.cluster.mayEnd = false;
    },
  });
  return judged;
}
