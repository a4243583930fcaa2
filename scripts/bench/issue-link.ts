import { createApiKey } from '@/lib/api-clients';
import type { Benchmark, Surroundings } from './benchmark';
import { install } from './installation';
import { drive, type Request } from './load';
import { startNextPeer } from './next-peer';
import { interleave } from './rounds';

const AT_ONCE = 16;
const REQUESTS = 4_000;
/** A key may make 100 requests a second; so many share the load that none comes near it. */
const KEYS = 40;

const linkOf = (n: number): string =>
  JSON.stringify({
    amountMinor: 1_000 + n,
    currency: 'GBP',
    reference: `BENCH-${n}`,
    description: 'Winter coat, order of 26 November',
    customer: { name: 'Pia Payer', email: 'pia@payer.example' },
  });

async function issueLink(around: Surroundings) {
  const { portal, owner, ports } = await install(around, ['portal']);
  const keys: string[] = [];
  for (let n = 0; n < KEYS; n++) {
    const made = await createApiKey(owner, { name: `Bench ${n}`, scopes: ['payment_links:create'] });
    if (!made.ok) throw new Error('a key could not be made');
    keys.push(made.value.key);
  }
  const { origin: peer } = await startNextPeer(around, ports.take());
  let sent = 0;
  const next = (path: string) => (): Request => {
    const n = sent++;
    const authorization = `Bearer ${keys[n % keys.length]}`;
    return { path, headers: { 'content-type': 'application/json', authorization }, body: linkOf(n) };
  };
  const requests = Math.round(REQUESTS * around.scale);
  const at = { atOnce: AT_ONCE, requests, status: 201 };
  const contenders = [
    { name: 'ours', run: () => drive({ ...at, origin: portal, next: next('/api/v1/payment-links') }) },
    { name: 'Next route', run: () => drive({ ...at, origin: peer, next: next('/api/echo') }) },
  ];
  const [ours, ...peers] = await interleave(contenders, around.rounds, around.say);
  if (!ours) throw new Error('nothing was measured');
  return {
    name: 'issue one link over REST',
    unit: 'requests/s',
    moreIsBetter: true,
    ours,
    peers,
    targets: [{ peer: 'Next route', atLeast: 0.75 }],
    bounds: [],
  };
}

export const ISSUE_LINK: Benchmark = {
  name: 'issue-link',
  about: 'one link issued over REST, beside a Next.js route that answers JSON',
  run: issueLink,
};
