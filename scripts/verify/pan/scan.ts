/** Reads every sink: the running ones by asking, by memory, and then what lies on the disk once all has stopped. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { scanTables, textsIn } from '../scan/database';
import { filesUnder, scanFile } from '../scan/files';
import { scanMemory } from '../scan/memory';
import type { Scanner } from '../scan/scanner';
import { isWalSegment, scanWal } from '../scan/wal';
import type { House } from './house';
import { SINKS, type Sink } from './sinks';

/** An answer as it came, and each value in it by itself. */
function lookAtJson(scanner: Scanner, sink: Sink, where: string, text: string): void {
  scanner.look(sink, where, text);
  for (const inner of textsIn(JSON.parse(text))) scanner.look(sink, where, inner);
}

/** By then a page has read what it shows. */
const SETTLED_MS = 1_500;

/** Every list of the API that grows with what is paid. */
const LISTS = ['/payment-links', '/events', '/ledger', '/webhook-deliveries', '/api-requests'] as const;

/** What the API answers; an answer that is refused would be searched in vain. */
async function read(house: House, where: string): Promise<string> {
  const { status, text } = await house.api('GET', where);
  if (status !== 200) throw new Error(`${where} gave ${status}: nothing was searched there`);
  return text;
}

/** The API's answers about every link, what it exports, and the staff pages that show them. */
async function scanAnswers(
  scanner: Scanner,
  house: House,
  staff: Page,
  links: readonly string[],
): Promise<void> {
  const sink = SINKS.answers;
  for (const list of LISTS)
    for (let cursor: string | null = ''; cursor !== null; ) {
      const where: string = `${list}?limit=100${cursor && `&cursor=${cursor}`}`;
      const text = await read(house, where);
      lookAtJson(scanner, sink, where, text);
      const { data, nextCursor } = JSON.parse(text) as { data: unknown[]; nextCursor: string | null };
      cursor = data.length > 0 ? nextCursor : null;
    }
  const csv = '/exports/payment-links.csv';
  const exported = await read(house, csv);
  const missing = links.filter((link) => !exported.includes(link));
  if (missing.length > 0) throw new Error(`the export leaves out ${missing.join(', ')}`);
  scanner.look(sink, csv, exported);
  for (const link of links) {
    const where = `/payment-links/${link}/attempts`;
    lookAtJson(scanner, sink, where, await read(house, where));
  }
  for (const where of ['/admin', '/agent', ...links.map((link) => `/admin/links/${link}`)]) {
    // A page that is live holds a stream: its network is never idle.
    await staff.goto(house.run.portalUrl + where, { waitUntil: 'load' });
    await staff.waitForTimeout(SETTLED_MS);
    scanner.look(sink, where, await staff.content());
  }
}

async function scanStorage(scanner: Scanner, context: BrowserContext): Promise<void> {
  const sink = SINKS.storage;
  const cookies = await context.cookies();
  for (const { name, value } of cookies) scanner.look(sink, `cookie ${name}`, `${value}\n${decode(value)}`);
  for (const page of context.pages())
    for (const frame of page.frames()) {
      const texts = await frame.evaluate(readStorage).catch(() => []);
      for (const text of texts) scanner.look(sink, new URL(frame.url()).origin, text);
    }
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Runs in the page: everything its origin has stored. */
async function readStorage(): Promise<string[]> {
  const texts = [document.cookie, window.name, JSON.stringify(history.state)];
  for (const store of [localStorage, sessionStorage]) texts.push(...Object.entries({ ...store }).flat());
  for (const { name = '' } of await indexedDB.databases()) texts.push(name);
  for (const name of await caches.keys()) texts.push(name);
  return texts;
}

/** Everything that is asked of the running installation. */
export async function scanRunning(
  scanner: Scanner,
  house: House,
  browser: { context: BrowserContext; staff: Page },
  links: readonly string[],
): Promise<void> {
  await scanTables(scanner, house.run.databaseUrl, ({ schema }) =>
    schema === 'graphile_worker' ? SINKS.queue : SINKS.tables,
  );
  await scanAnswers(scanner, house, browser.staff, links);
  lookAtJson(scanner, SINKS.inbox, 'inbox', (await house.control('GET', 'inbox')).text);
  lookAtJson(scanner, SINKS.webhooks, 'receiver', (await house.control('GET', 'receiver/demo')).text);
  await scanStorage(scanner, browser.context);
}

/** PostgreSQL's processes: the postmaster and all it has forked. */
function backendsOf(folder: string): number[] {
  const postmaster = Number(readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const isChild = (pid: string) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === postmaster;
    } catch {
      return false;
    }
  };
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChild(name));
  return [postmaster, ...children.map(Number)];
}

/** Memory of all processes that must not know a card, of the card process, and of the one that holds the controls. */
export async function scanMemories(
  scanner: Scanner,
  house: House,
  folder: string,
  holder: number,
): Promise<Sink[]> {
  const unread: Sink[] = [];
  const scan = async (sink: Sink, pids: number[]) => {
    const seen = new Set<string>();
    const read = await Promise.all(pids.map((pid) => scanMemory(scanner, sink, pid, seen)));
    if (!read.some(Boolean)) unread.push(sink);
  };
  if (process.platform !== 'linux')
    return [SINKS.held, SINKS.card, SINKS.portal, SINKS.worker, SINKS.postgres];
  await scan(SINKS.card, [house.pidOf('card')]);
  await scan(SINKS.held, [holder]);
  await scan(SINKS.portal, [house.pidOf('portal')]);
  await scan(SINKS.worker, [house.pidOf('worker')]);
  await scan(SINKS.postgres, backendsOf(folder));
  return unread;
}

/** Every file there is, once nothing runs any more. */
export async function scanFiles(
  scanner: Scanner,
  places: { dataDir: string; root: string; profile: string; cluster: string },
): Promise<void> {
  const { dataDir, root, profile, cluster } = places;
  const inside = (file: string, folder: string) => file.startsWith(folder + path.sep);
  const [logs, journals, pg] = ['logs', 'sandbox', 'pg'].map((name) => path.join(dataDir, name));
  const sinkOf = (file: string): Sink | null => {
    if (inside(file, pg ?? '')) return null;
    if (inside(file, logs ?? '')) return SINKS.logs;
    return inside(file, journals ?? '') ? SINKS.journals : SINKS.dataDir;
  };
  const scan = async (folder: string, name: (file: string) => Sink | null) => {
    for (const file of filesUnder(folder)) {
      const sink = name(file);
      if (sink) await scanFile(scanner, sink, file);
    }
  };
  await scan(dataDir, sinkOf);
  await scan(cluster, (file) => (isWalSegment(file) ? null : SINKS.cluster));
  await scanWal(scanner, SINKS.wal, path.join(cluster, 'pg_wal'));
  await scan(path.join(root, '.next'), () => SINKS.build);
  await scan(path.join(root, 'dist'), () => SINKS.build);
  await scan(profile, () => SINKS.profile);
}
