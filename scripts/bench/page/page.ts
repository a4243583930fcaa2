import { type Browser, chromium } from '@playwright/test';
import { createPaymentLink } from '@/lib/payment-links';
import { systemChromium } from '@/scripts/lib/chromium.mjs';
import type { Benchmark, Result, Surroundings } from '../benchmark';
import { type Installation, install } from '../installation';
import { startNextPeer } from '../next-peer';
import { type Contender, type Figures, interleave, median } from '../rounds';
import { adyenPages, ONE_WORD, serve, twinOf } from './peers';
import { longestTasks } from './tasks';
import { newVisitor, ROUND_TRIP_MS, type Visit, visit } from './visit';

type Way = 'cold' | 'warm';
/** `longestTask`, in ms, of a visit of its own. */
type Visited = Visit & { longestTask: number };
type Visits = Map<string, Record<Way, Visited[]>>;

const NOWHERE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';

async function openBrowser({ onClose }: Surroundings): Promise<Browser> {
  const executablePath = systemChromium();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: [NOWHERE, ...asRoot],
  });
  onClose(() => browser.close());
  return browser;
}

export async function newLink({ owner }: Installation): Promise<string> {
  const made = await createPaymentLink(owner, {
    amountMinor: 1240,
    currency: 'GBP',
    reference: 'BENCH-1',
    description: 'Two walking sticks',
    customer: { name: 'Pia Payer', phone: '+447700900123' },
  });
  if (!made.ok) throw new Error(`a link could not be made: ${made.error.code}`);
  return made.value.url;
}

/** The document as a browser is given it. */
const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

async function addresses(around: Surroundings): Promise<Record<string, { url: string; hasField: boolean }>> {
  const installation = await install(around, ['portal', 'card']);
  const url = await newLink(installation);
  const html = await textOf(url);
  const form = /<iframe id="card-frame" src="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const { ports } = installation;
  const pages = {
    '/twin': twinOf(html, await textOf(form)),
    '/word': ONE_WORD,
    ...(await adyenPages(around.root)),
  };
  const peers = await serve(around, ports.take(), pages);
  const next = await startNextPeer(around, ports.take());
  return {
    ours: { url, hasField: true },
    'static page of the same look': { url: `${peers}/twin`, hasField: true },
    'Adyen’s card component, its own files': { url: `${peers}/adyen`, hasField: false },
    'empty Next page': { url: next.origin.replace('127.0.0.1', 'localhost'), hasField: false },
    'static document of one word': { url: `${peers}/word`, hasField: false },
  };
}

/** Each contender in turn: a browser that was never there, then the same once more. */
async function visitAll(around: Surroundings): Promise<Visits> {
  const browser = await openBrowser(around);
  const visits: Visits = new Map();
  const contenders = Object.entries(await addresses(around)).map(([name, { url, hasField }]): Contender => {
    const kept: Record<Way, Visited[]> = { cold: [], warm: [] };
    visits.set(name, kept);
    const run = async (): Promise<number> => {
      const visitor = await newVisitor(browser);
      const tasks = await longestTasks(browser, url);
      for (const way of ['cold', 'warm'] as const)
        kept[way].push({ ...(await visit(visitor, url, hasField)), longestTask: tasks[way] });
      await visitor.close();
      return kept.cold.at(-1)?.paint ?? Number.NaN;
    };
    return { name, run };
  });
  await interleave(contenders, around.rounds, around.say);
  return visits;
}

type Measure = (one: Visited) => number;

/** The figures of the rounds that count: the first does not. */
function figuresOf(visits: Visits, name: string, way: Way, measure: Measure): Figures {
  const rounds = (visits.get(name)?.[way] ?? []).slice(1).map(measure);
  return { name, median: median(rounds), min: Math.min(...rounds), max: Math.max(...rounds), rounds };
}

async function page(around: Surroundings): Promise<Result[]> {
  const visits = await visitAll(around);
  const [ours = '', twin = '', adyen = '', next = '', word = ''] = visits.keys();
  const result = (
    name: string,
    unit: string,
    way: Way,
    measure: Measure,
    beside: [peer: string, atLeast: number | null][],
  ): Result => ({
    name: `${name}, ${way}`,
    unit,
    moreIsBetter: false,
    ours: figuresOf(visits, ours, way, measure),
    peers: beside.map(([peer]) => figuresOf(visits, peer, way, measure)),
    targets: beside.flatMap(([peer, atLeast]) => (atLeast === null ? [] : [{ peer, atLeast }])),
    bounds: [],
  });
  const most = (way: Way, measure: Measure): number => figuresOf(visits, ours, way, measure).max;
  const taskMs: Measure = ({ longestTask }) => longestTask;
  return (['cold', 'warm'] as const).flatMap((way) => {
    const late: Measure = ({ focusable, paint }) => (focusable ?? Number.NaN) - paint;
    const paint = result('largest paint', 'ms', way, ({ paint }) => paint, [[twin, 1 / 1.2]]);
    paint.bounds = [
      {
        what: 'card field after the largest paint, ms',
        value: figuresOf(visits, ours, way, late).median,
        atMost: 2 * ROUND_TRIP_MS + 100,
      },
      { what: 'layout shift, most', value: most(way, ({ shift }) => shift), atMost: 0.01 },
      { what: 'longest task, ms', value: figuresOf(visits, ours, way, taskMs).median, atMost: 50 },
      { what: 'requests until usable, most', value: most(way, ({ requests }) => requests), atMost: 4 },
    ];
    const bytes = result('bytes to a usable card field', 'B', way, ({ bytes }) => bytes, [
      [adyen, 4],
      [next, 4],
    ]);
    const task = result('longest task', 'ms', way, taskMs, [
      [twin, null],
      [word, null],
    ]);
    return way === 'cold' ? [bytes, paint, task] : [paint];
  });
}

export const PAGE: Benchmark = {
  name: 'page',
  about: 'the pay page on Slow 4G and a processor four times as slow, beside pages that do less',
  run: page,
};
