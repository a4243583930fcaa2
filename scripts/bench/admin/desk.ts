/** The screens over HTTP, for somebody who is signed in: the list of links beside an empty page, and the home page's figures. */
import { request } from 'undici';
import { insertSession } from '@/db/queries/merchants';
import { sessionCookieValue, staffCookies } from '@/lib/auth';
import type { Home } from '@/lib/contracts/home';
import { keepFigures, readHome } from '@/lib/home';
import { newId } from '@/lib/ids';
import { createPaymentLink } from '@/lib/payment-links';
import type { Result, Surroundings } from '../benchmark';
import type { Installation } from '../installation';
import { startNextPeer } from '../next-peer';
import { type Contender, interleave, median, percentile } from '../rounds';

const VISITS = 60;
const READS = 100;
const MOST_BEYOND_EMPTY_MS = 10;
const MOST_HOME_MS = 20;
const MOST_STALE_MS = 2_000;
const KEEP_MS = 60_000;

/** The cookie of the owner of the demo merchant, signed in. */
export async function signedIn({ owner, plan }: Installation): Promise<string> {
  const { db, merchantId, config } = owner;
  const user = await db.query.users.findFirst({ where: (row, { eq }) => eq(row.merchantId, merchantId) });
  if (!user) throw new Error('setup made nobody');
  const id = newId('session');
  await insertSession(db, { id, merchantId, userId: user.id, address: '127.0.0.1', userAgent: null });
  const value = await sessionCookieValue(plan.secrets.NEXTAUTH_SECRET, id);
  return `${staffCookies(config.portalUrl).sessionToken.name}=${value}`;
}

/** How long one visit takes to its last byte, one after another. */
async function visit(address: string, cookie: string): Promise<number> {
  const taken: number[] = [];
  for (let n = 0; n < VISITS; n++) {
    const begun = performance.now();
    const { statusCode, body } = await request(address, { headers: { cookie } });
    const text = await body.text();
    taken.push(performance.now() - begun);
    if (statusCode !== 200 || !text.includes('</html>')) throw new Error(`${address} answered ${statusCode}`);
  }
  return median(taken);
}

export async function listPage(around: Surroundings, made: Installation, cookie: string): Promise<Result> {
  const { origin } = await startNextPeer(around, made.ports.take());
  const contenders: Contender[] = [
    { name: 'ours', run: () => visit(`${made.portal}/admin`, cookie) },
    { name: 'empty dynamic Next page', run: () => visit(`${origin}/dynamic`, cookie) },
  ];
  const [ours, empty] = await interleave(contenders, around.rounds, around.say);
  if (!ours || !empty) throw new Error('nothing was measured');
  const value = ours.median - empty.median;
  return {
    name: 'the page of the list',
    ...{ unit: 'ms', moreIsBetter: false, ours, peers: [empty], targets: [] },
    bounds: [{ what: 'beyond an empty page, ms', value, atMost: MOST_BEYOND_EMPTY_MS }],
  };
}

/** How many links the home page of the portal tells were issued in the last week. */
async function issuedAt(portal: string, cookie: string): Promise<number> {
  const { statusCode, body } = await request(`${portal}/api/staff/home?days=7`, { headers: { cookie } });
  if (statusCode !== 200) throw new Error(`the home page answered ${statusCode}`);
  return ((await body.json()) as Home).funnel.issued;
}

/** How long after its issue a link is in what the portal tells. */
async function staleness({ owner, portal }: Installation, cookie: string): Promise<number> {
  const before = await issuedAt(portal, cookie);
  const made = await createPaymentLink(owner, { amountMinor: 1240, currency: 'GBP' });
  if (!made.ok) throw new Error(made.error.message);
  const begun = performance.now();
  while ((await issuedAt(portal, cookie)) === before);
  return performance.now() - begun;
}

export async function homePage(made: Installation, cookie: string): Promise<Result['bounds']> {
  const { owner } = made;
  await keepFigures(owner, KEEP_MS);
  const taken: number[] = [];
  for (let n = -1; n < READS; n++) {
    const begun = performance.now();
    const home = await readHome(owner, { days: '30' });
    if (!home.ok || home.value.funnel.issued === 0) throw new Error('the home page tells nothing');
    if (n >= 0) taken.push(performance.now() - begun);
  }
  const stale = await staleness(made, cookie);
  return [
    { what: "home's figures, 95 of 100, ms", value: percentile(taken, 0.95), atMost: MOST_HOME_MS },
    { what: 'home: a new link is in its figures after, ms', value: stale, atMost: MOST_STALE_MS },
  ];
}
