import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { groupDigits } from '@/core/card-rules';
import { EVENT_TYPES } from '@/core/events';
import { TEST_CARDS } from '@/core/test-cards';
import { OPERATIONS, problemsOf } from '@/lib/contracts/operations';
import { PROBLEM_CODES } from '@/lib/contracts/problem';
import { PROBLEM_WORDS } from '@/lib/contracts/problem-words';
import { ApiHouse, routeModule, routesUnder } from '../_server/testing';
import { PAGES } from './_page/contents';

let api: ApiHouse;
beforeAll(async () => {
  api = await ApiHouse.open();
});
afterAll(() => api.close());

const routes = routesUnder(['app/developers']);
const PATHS = [
  ...Object.values(PAGES)
    .flat()
    .map(({ path }) => path),
  ...PROBLEM_CODES.map((code) => `/developers/problems/${code}`),
];

async function get(path: string): Promise<Response> {
  for (const { file, pattern } of routes) {
    const match = pattern.exec(path);
    const handler = match && (await routeModule(file)).GET;
    const request = new Request(`http://localhost:3000${path}`);
    if (handler) return handler(request, { params: Promise.resolve({ ...match.groups }) });
  }
  throw new Error(`no route for ${path}`);
}
const textOf = async (path: string): Promise<string> => (await get(path)).text();
const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
const examplesIn = (text: string): [string, string][] =>
  [...text.matchAll(/<pre data-example="([\w-]+)"><code>([\s\S]*?)<\/code><\/pre>/g)].map(
    ([, id = '', shown = '']) => [id, unescaped(shown)],
  );

test.each(PATHS)(
  '%s is one document without script, under a policy that allows its own style alone',
  async (path) => {
    const response = await get(path);
    const text = await response.text();
    expect(response.status).toBe(200);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    );
    expect(text).not.toMatch(/<script|<link|<img|<iframe|\sstyle=|\son\w+=|_next/);
    expect(response.headers.get('set-cookie')).toBeNull();
  },
);

test('every link and every anchor of every page leads somewhere', async () => {
  const texts = new Map<string, string>();
  for (const path of PATHS) texts.set(path, await textOf(path));
  const dead: string[] = [];
  for (const [path, text] of texts) {
    const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    if (new Set(ids).size !== ids.length) dead.push(`${path}: an id stands twice`);
    for (const [, href = ''] of text.matchAll(/<a[^>]*\shref="([^"]+)"/g)) {
      const url = new URL(href, `http://localhost:3000${path}`);
      if (url.host !== 'localhost:3000' || !url.pathname.startsWith('/developers')) continue;
      const target = texts.get(url.pathname);
      if (!target) dead.push(`${path}: ${href}`);
      else if (url.hash && !target.includes(`id="${url.hash.slice(1)}"`)) dead.push(`${path}: ${href}`);
    }
  }
  expect(dead).toEqual([]);
  expect(texts.size).toBeGreaterThan(50);
});

test("a page that is not there is 404, whatever the depth, and so is a problem's of another name", async () => {
  for (const path of [
    'start',
    'nothing',
    'nothing/here',
    'reference/nothing',
    'problems/nothing',
    'problems/constructor',
  ])
    expect((await get(`/developers/${path}`)).status, path).toBe(404);
});

test.each(PROBLEM_CODES)(
  'the page of %s says what it means, what to do and where it comes from',
  async (code) => {
    const text = unescaped(await textOf(`/developers/problems/${code}`));
    const plain = text.replace(/<\/?code>/g, '`');
    expect(text).toContain(`<h1>${code}</h1>`);
    expect(plain).toContain(PROBLEM_WORDS[code].when);
    expect(plain).toContain(PROBLEM_WORDS[code].act);
    for (const operation of OPERATIONS.filter((one) => problemsOf(one).includes(code)))
      expect(text).toContain(`#${operation.id}`);
  },
);

test('the type of a refusal as it is answered is the address of a page that names its code', async () => {
  const link = (await api.call('POST', '/payment-links', { body: { amountMinor: 1, currency: 'GBP' } })).json
    .id;
  for (const [method, where, ask] of [
    ['GET', '/payment-links', { key: null }],
    ['GET', '/nothing/here', {}],
    ['DELETE', `/payment-links/${link}`, {}],
    ['POST', '/payment-links', { body: {} }],
    ['POST', `/payment-links/${link}/unlock`, {}],
    ['PATCH', `/payment-links/${link}`, { body: {} }],
  ] as const) {
    const { json } = await api.call(method, where, ask);
    const page = await get(new URL(json.type as string).pathname);
    expect(page.status, `${json.type}`).toBe(200);
    expect(await page.text()).toContain(`<h1>${json.code}</h1>`);
  }
});

test('the reference tells of every operation its parameters, its fields and each code that it may answer', async () => {
  const index = await textOf('/developers/reference');
  for (const operation of OPERATIONS) {
    const [, page = ''] = new RegExp(`href="([^"#]+)#${operation.id}"`).exec(index) ?? [];
    const text = await textOf(page);
    const [, section = ''] =
      new RegExp(`<section aria-labelledby="${operation.id}">([\\s\\S]*?)</section>`).exec(text) ?? [];
    const { query, body, ids } = operation;
    const bodyShape = (body?.schema as { shape?: object } | undefined)?.shape ?? {};
    const names = [...Object.keys(query?.shape ?? {}), ...Object.keys(bodyShape), ...(ids ? ['id'] : [])];
    for (const name of names) expect(section, operation.id).toContain(`<code>${name}</code>`);
    for (const code of problemsOf(operation)) expect(section).toContain(`/developers/problems/${code}"`);
    if (operation.scope) expect(section).toContain(`<code>${operation.scope}</code>`);
  }
});

test('every example is sound to a shell, and expands nothing but the variables that are explained', async () => {
  const explained = /^(API|KEY|ID|LINK|HOOK|SINCE|CLIENT)$/;
  const reference = PATHS.filter((path) => path.startsWith('/developers/reference/'));
  const shown = (await Promise.all(reference.map(textOf))).flatMap(examplesIn);
  expect(shown.map(([id]) => id).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
  for (const [id, text] of shown) {
    execFileSync('bash', ['-n'], { input: text });
    const names = [...text.replace(/^#.*$/m, '').matchAll(/\$(\w*)|`/g)].map((match) => match[1] ?? '`');
    expect(
      names.filter((name) => !explained.test(name)),
      id,
    ).toEqual([]);
  }
});

test('test cards are told as the sandbox plays them: on the page, in README and in docs/sandbox.md', async () => {
  const places = [
    await textOf('/developers/test-cards'),
    readFileSync('README.md', 'utf8'),
    readFileSync('docs/sandbox.md', 'utf8'),
  ];
  for (const { number } of TEST_CARDS)
    for (const place of places) expect(place).toContain(groupDigits(number));
});

test('every event type is explained, on the page and in docs/webhooks.md', async () => {
  const page = await textOf('/developers/webhooks');
  const doc = readFileSync('docs/webhooks.md', 'utf8');
  for (const type of EVENT_TYPES) {
    expect(page).toContain(`<code>${type}</code>`);
    const [noun = '', act = ''] = type.split('.');
    expect(
      doc.includes(`\`${type}\``) || (doc.includes(`\`${noun}.`) && doc.includes(`\`.${act}\``)),
      type,
    ).toBe(true);
  }
});

test('a production installation promises no demo: no printed key, no test card without a word', async () => {
  const { config } = api.house.services;
  config.mode = 'production';
  try {
    expect(await textOf('/developers')).not.toMatch(/first-run|4242/);
    expect(await textOf('/developers/test-cards')).toContain('never in production');
  } finally {
    config.mode = 'demo';
  }
});
