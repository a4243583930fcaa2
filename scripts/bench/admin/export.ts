/** A million links taken away as CSV from the running portal, through HTTP. */
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { createApiKey } from '@/lib/api-clients';
import type { Result, Surroundings } from '../benchmark';
import type { Installation } from '../installation';
import { watchMemory } from '../memory';

/** A merchant has a tenth of the links: so many times its list is a million. */
const TIMES = 10;
/** A million links within a minute. */
const MOST_MS_A_LINK = 0.06;
const MOST_MB = 64;
const SETTLING_MS = 2_000;

/** Takes a list away; how many links came. */
async function taken(portal: string, key: string, query = ''): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await request(`${portal}/api/v1/exports/payment-links.csv${query}`, { headers });
  if (answer.statusCode !== 200) throw new Error(`the export answered ${answer.statusCode}`);
  let lines = -1;
  for await (const chunk of answer.body)
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  return lines;
}

export async function exportOf(
  around: Surroundings,
  { owner, portal, parts }: Installation,
  links: number,
): Promise<Result['bounds']> {
  const made = await createApiKey(owner, { name: 'Bench', scopes: ['payment_links:read'] });
  const running = parts.get('portal');
  if (!made.ok || !running) throw new Error('there is no portal, or no key to it');
  const { key } = made.value;
  // What a portal holds once, its code above all, is no export's.
  await taken(portal, key, '?status=disputed');
  await sleep(SETTLING_MS);
  const memory = watchMemory(running.pid);
  around.onClose(memory.stop);
  const begun = performance.now();
  for (let time = 0; time < TIMES; time++) {
    const came = await taken(portal, key);
    if (came < links) throw new Error(`of ${links} links ${came} came`);
  }
  const all = links * TIMES;
  const took = performance.now() - begun;
  return [
    { what: `export of ${all.toLocaleString('en')} links, ms`, value: took, atMost: all * MOST_MS_A_LINK },
    { what: 'export: memory of the portal, MB more', value: memory.grownMb(), atMost: MOST_MB },
  ];
}
