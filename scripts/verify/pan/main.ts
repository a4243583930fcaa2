/** `npm run verify:pan`: fresh cards through every flow of a running installation, then a search of everything it left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import type { Collector } from '@/core/testing/collector';
import { databaseFolder } from '../scan/database';
import { Scanner } from '../scan/scanner';
import { apiFlows } from './api';
import { Cards } from './cards';
import { Checks } from './checks';
import { Controls } from './controls';
import { House } from './house';
import { type Heard, keypadFlows } from './keypad';
import { pageFlows } from './pages';
import { payerFlows } from './payer';
import { plantAtRest, plantRunning, type Running, removePlanted } from './plant';
import { type Result, report } from './report';
import { scanFiles, scanMemories, scanRunning } from './scan';
import { SINKS } from './sinks';
import { staffFlows } from './staff';
import { checkTraces } from './traces';
import { wireFlows } from './wire';

export { startCollector } from '@/core/testing/collector';

export type Given = {
  root: string;
  dataDir: string;
  smtpPort: number;
  chromiumPath: string | undefined;
  /** Where the installation sends its traces. */
  collector: Collector;
  /** Stops the product; what it has written is on the disk when this resolves. */
  stop: () => Promise<unknown>;
  say: (line: string) => void;
};

const SETTLE_MS = 30_000;
/** How long after its last answer the card process is looked into. */
const REST_MS = 5_000;

const openBrowser = (profile: string, executablePath: string | undefined): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    ...(executablePath && { executablePath }),
    args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });

type Flows = { links: string[]; staff: Page; heard: Heard[] };

async function allFlows(context: BrowserContext, house: House, cards: Cards, checks: Checks): Promise<Flows> {
  const direct = async () => {
    await wireFlows(house, cards, checks);
    await apiFlows(house, cards, checks);
    await pageFlows(house, cards, checks);
  };
  const [links, staff, heard] = await Promise.all([
    payerFlows(context, house, cards, checks),
    staffFlows(context, house, cards, checks),
    keypadFlows(house, cards, checks),
    direct(),
  ]);
  return { links, staff, heard };
}

/** Runs everything; the result counts each expectation, each sink and each kind of planted card. */
export async function verifyPan(given: Given): Promise<Result> {
  const { root, dataDir, say } = given;
  const [cards, controls, checks] = [new Cards(), new Controls(), new Checks()];
  const house = new House(dataDir, given.smtpPort);
  const cluster = await databaseFolder(house.run.databaseUrl);
  const profile = mkdtempSync(path.join(tmpdir(), 'counterfoil-profile-'));
  const places = { dataDir, root, profile, cluster };
  let planted: string[] = [];
  let running: Running | undefined;
  const context = await openBrowser(profile, given.chromiumPath);
  try {
    const { links, staff, heard } = await allFlows(context, house, cards, checks);
    const rested = sleep(REST_MS);
    await checks.act('everything comes to an end', () => house.settled(SETTLE_MS));
    running = await plantRunning(house, staff, controls);
    say(`${cards.count} cards were used, ${controls.count} are planted to be found.`);
    await rested;
    const scanner = new Scanner([...cards.needles(), ...controls.needles()]);
    const unread = await scanMemories(scanner, house, cluster, running.holder.pid ?? 0);
    await scanRunning(scanner, house, { context, staff }, links);
    for (const { where, text } of heard) scanner.look(SINKS.desk, where, text);
    await running.end();
    await context.close();
    await given.stop();
    checkTraces(house, given.collector, scanner, checks);
    planted = plantAtRest(places, running.forProfile, controls);
    await scanFiles(scanner, places);
    return report(scanner, { cards, controls, checks, unread }, say);
  } finally {
    await running?.end();
    removePlanted(planted);
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
