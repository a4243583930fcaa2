/** What a payer's browser gets and runs, as lines that can be compared. Nothing is evaluated in the page: the browser is asked. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, type CDPSession, chromium, type Response } from 'playwright-core';
import { systemChromium } from '../../lib/chromium.mjs';
import { NotLooked } from './not-looked';

/** What each document of the page is, a line each thing, by its address without the token. `asked`: every origin that was asked. */
export type Seen = { asked: string[]; documents: Record<string, string[]> };

const LOAD_MS = 15_000;
/** What a script adds once it has run is there by then. */
const SETTLE_MS = 1_000;

/** Headers by which a browser is told what it may do; the others change with each answer, or with the proxy before it. */
const HEADERS = [
  'cache-control',
  'content-security-policy',
  'content-security-policy-report-only',
  'content-type',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'link',
  'location',
  'permissions-policy',
  'referrer-policy',
  'refresh',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'x-robots-tag',
];

export const sha256 = (text: string): string =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

type DomNode = Awaited<ReturnType<typeof domOf>>;
const domOf = async (cdp: CDPSession) =>
  (await cdp.send('DOM.getDocument', { depth: -1, pierce: true })).root;

const addressOf = (url: string): string =>
  url.replace(/#.*/s, '').replace(/\/pay\/[A-Za-z0-9_-]{58}/, '/pay/[token]');

/** The payer's page at each address, the card form in it, and the pages around it. `proxy`: the way out, if there is one. */
export async function look(addresses: readonly string[], proxy?: string): Promise<Seen> {
  const browser = await openBrowser(proxy);
  try {
    const version = browser.version().split('.')[0];
    const context = await browser.newContext({
      // A page that is changed for payers alone must not know that it is looked at.
      userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`,
      locale: 'en-GB',
    });
    const asked = new Set<string>();
    context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      asked.add(origin === 'null' ? protocol : origin);
    });
    const documents: Seen['documents'] = {};
    for (const address of addresses) Object.assign(documents, await lookAround(context, address));
    return { asked: [...asked].sort(), documents };
  } finally {
    await browser.close();
  }
}

async function lookAround(context: BrowserContext, address: string): Promise<Seen['documents']> {
  const check = `${new URL(address).origin}/verify?l=en`;
  const [page, verify] = await Promise.all([lookAt(context, address), lookAt(context, check)]);
  const card = Object.keys(page).find((name) => URL.canParse(name) && new URL(name).pathname === '/form');
  const done = card ? await lookAt(context, `${new URL(card).origin}/challenge-done`) : {};
  return { ...page, ...verify, ...done };
}

async function openBrowser(proxy: string | undefined) {
  const executablePath = systemChromium();
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  try {
    return await chromium.launch({
      ...(executablePath && { executablePath }),
      ...(proxy && { proxy: { server: proxy } }),
      // Nothing that the browser has no use for: it runs what may be somebody else's script.
      env: { PATH, ...(HOME && { HOME }), ...(TMPDIR && { TMPDIR }) },
      // All frames in one process, so that one debugger hears of every script.
      args: [...asRoot, '--disable-site-isolation-trials', '--disable-background-networking'],
    });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : 'it did not start';
    throw new NotLooked(`No browser: ${why}. Install Chromium, and name it by CHROMIUM_PATH.`);
  }
}

/** One page, and every document in its frames. */
async function lookAt(context: BrowserContext, address: string): Promise<Record<string, string[]>> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const answers = new Map<string, Response>();
  page.on('response', (answer) => {
    if (answer.request().isNavigationRequest()) answers.set(addressOf(answer.url()), answer);
  });
  const run = await followScripts(cdp);
  await page.goto(address, { waitUntil: 'load', timeout: LOAD_MS }).catch(() => {
    throw new NotLooked(`${addressOf(address)} could not be loaded.`);
  });
  await sleep(SETTLE_MS);
  const dom = await domOf(cdp);
  const { frameTree } = await cdp.send('Page.getFrameTree');
  const scripts = await run();
  const lines: Record<string, string[]> = {};
  for (const { root, frame } of documentsOf(dom, frameTree.frame.id)) {
    const name = addressOf(root.documentURL ?? 'about:blank');
    const all = [
      ...(await answerLines(answers.get(name))),
      ...(await Promise.all(elementsOf(root).map((node) => elementLines(cdp, node)))).flat(),
      ...scripts.filter((one) => one.frame === frame).map(({ text }) => scriptLine(text)),
    ];
    lines[name] = [...new Set([...(lines[name] ?? []), ...all])].sort();
  }
  await page.close();
  return lines;
}

/** Every script that runs, whoever brought it in; those of the browser's own are in worlds of their own. */
async function followScripts(cdp: CDPSession): Promise<() => Promise<{ frame: string; text: string }[]>> {
  const parsed: { id: string; frame: string }[] = [];
  cdp.on('Debugger.scriptParsed', ({ scriptId, executionContextAuxData }) => {
    const { isDefault = true, frameId = '' } = executionContextAuxData ?? {};
    if (isDefault) parsed.push({ id: scriptId, frame: String(frameId) });
  });
  await cdp.send('Debugger.enable');
  return () =>
    Promise.all(
      parsed.map(async ({ id, frame }) => {
        const source = cdp.send('Debugger.getScriptSource', { scriptId: id });
        return { frame, text: await source.then((got) => got.scriptSource).catch(() => 'unreadable') };
      }),
    );
}

type Found = { root: DomNode; frame: string };
function documentsOf(root: DomNode, frame: string): Found[] {
  const inner = elementsOf(root).flatMap(({ contentDocument, frameId }) =>
    contentDocument ? documentsOf(contentDocument, frameId ?? '') : [],
  );
  return [{ root, frame }, ...inner];
}

/** The elements of one document, those in shadow roots of its scripts too; what is in its frames is not its own. */
function elementsOf({ children = [], shadowRoots = [] }: DomNode): DomNode[] {
  const own = shadowRoots.filter(({ shadowRootType }) => shadowRootType !== 'user-agent');
  return [...children, ...own].flatMap((child) => [child, ...elementsOf(child)]);
}

async function answerLines(answer: Response | undefined): Promise<string[]> {
  if (!answer) return [];
  const status = answer.status();
  if (status === 429 || status >= 500)
    throw new NotLooked(`${addressOf(answer.url())} answers ${status}: it cannot be looked at now.`);
  const headers = await answer.allHeaders();
  return [
    `status ${status}`,
    ...HEADERS.flatMap((name) => (headers[name] === undefined ? [] : `header ${name}: ${headers[name]}`)),
    ...(headers['set-cookie'] === undefined ? [] : ['header set-cookie']),
    `markup ${sha256(withoutSecrets(await answer.text()))}`,
  ];
}

/** A document as it was sent, but for what is another one each time. */
function withoutSecrets(html: string): string {
  const nonce = /data-nonce="([0-9a-f-]{36})"/.exec(html)?.[1];
  const steady = html.replace(/\/pay\/[A-Za-z0-9_-]{58}/g, '/pay/[token]');
  return nonce ? steady.replaceAll(nonce, '[nonce]') : steady;
}

const scriptLine = (text: string): string =>
  `script ${sha256(text.trim())} ${Buffer.byteLength(text.trim())} bytes`;

/** The whole text of a script or style; the tree itself cuts long ones off. */
async function textOf(cdp: CDPSession, { nodeId }: DomNode): Promise<string> {
  const { outerHTML } = await cdp.send('DOM.getOuterHTML', { nodeId });
  return outerHTML.slice(outerHTML.indexOf('>') + 1, outerHTML.lastIndexOf('</'));
}

/** What an element has the browser run, load or send. */
async function elementLines(cdp: CDPSession, node: DomNode): Promise<string[]> {
  const pairs = node.attributes ?? [];
  const attributes = new Map(pairs.flatMap((name, i) => (i % 2 === 0 ? [[name, pairs[i + 1] ?? '']] : [])));
  const at = (name: string): string => addressOf(attributes.get(name) ?? '');
  const tag = node.nodeName.toLowerCase();
  const handlers = [...attributes]
    .filter(([name, value]) => /^on/i.test(name) || /^\s*javascript:/i.test(value))
    .map(([name, value]) => `handler <${tag} ${name}> ${sha256(value)}`);
  switch (tag) {
    case 'script':
      if (attributes.get('type') === 'application/json') return handlers;
      return [
        ...handlers,
        attributes.has('src') ? `script from ${at('src')}` : scriptLine(await textOf(cdp, node)),
      ];
    case 'style':
      return [...handlers, `style ${sha256(await textOf(cdp, node))}`];
    case 'form':
      return [...handlers, `form ${attributes.get('method') ?? 'get'} ${at('action')}`];
    case 'iframe':
      return [...handlers, `frame ${at('src')} allow="${at('allow')}" sandbox="${at('sandbox')}"`];
    case 'base':
    case 'link':
    case 'object':
    case 'embed':
    case 'meta':
      return [...handlers, `${tag} ${[...attributes].map(([name]) => `${name}="${at(name)}"`).join(' ')}`];
    default:
      return attributes.has('formaction') ? [...handlers, `form of <${tag}> ${at('formaction')}`] : handlers;
  }
}
