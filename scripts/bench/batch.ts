import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { connect } from '@/db/client';
import { createApiKey } from '@/lib/api-clients';
import { drizzleLoop, type Peer, unnestLoop } from './batch-peers';
import type { Benchmark, Surroundings } from './benchmark';
import { install } from './installation';
import { watchMemory } from './memory';
import { interleave } from './rounds';

const ROWS = 100_000;
const MOST_GROWTH_MB = 100;
const POLL_MS = 50;

const rowsOf = (count: number): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, n) => ({
      amountMinor: 1_000 + n,
      currency: 'GBP',
      reference: `BENCH-${n}`,
      description: 'Winter coat, order of 26 November',
      customer: { name: 'Pia Payer', email: 'pia@payer.example' },
    })),
  );

/** Sends the batch and waits for its end; gives links a second. */
async function issue(portal: string, key: string, body: string, rows: number): Promise<number> {
  const root = `${portal}/api/v1/payment-link-batches`;
  const authorization = `Bearer ${key}`;
  const begun = performance.now();
  const headers = { authorization, 'content-type': 'application/json' };
  const sent = await request(root, { method: 'POST', headers, body });
  const text = await sent.body.text();
  if (sent.statusCode !== 202) throw new Error(`the batch was answered ${sent.statusCode}: ${text}`);
  const { id } = JSON.parse(text) as { id: string };
  for (;;) {
    const asked = await request(`${root}/${id}`, { headers: { authorization } });
    const batch = (await asked.body.json()) as { endedAt: string | null; issuedRows: number };
    if (batch.endedAt !== null) {
      if (batch.issuedRows !== rows) throw new Error(`of ${rows} rows ${batch.issuedRows} were issued`);
      return rows / ((performance.now() - begun) / 1000);
    }
    await sleep(POLL_MS);
  }
}

async function batch(around: Surroundings) {
  const { portal, owner, plan, parts } = await install(around, ['portal', 'worker']);
  const made = await createApiKey(owner, {
    name: 'Bench',
    scopes: ['payment_links:create', 'payment_links:read'],
  });
  if (!made.ok) throw new Error('a key could not be made');
  const { db, sql, close } = connect(plan.databaseUrl);
  around.onClose(close);
  await sql`update webhook_endpoints set disabled_at = now()`;
  const [profile] =
    await sql`select id from payment_profiles where merchant_id = ${owner.merchantId} and is_default`;
  const peer: Peer = { db, sql, config: owner.config, merchantId: owner.merchantId, profileId: profile?.id };
  const rows = Math.round(ROWS * around.scale);
  const body = rowsOf(rows);
  const watched = [...parts].map(([name, part]) => ({ name, memory: watchMemory(part.pid) }));
  for (const { memory } of watched) around.onClose(memory.stop);
  await sql`alter table ledger_entries disable trigger append_only`;
  await sql`alter table audit_entries disable trigger append_only`;
  /** Every contender begins with empty tables. */
  const fresh = (work: () => Promise<number>) => async (): Promise<number> => {
    await sql`truncate payment_links, link_tokens, events, audit_entries, payment_link_batches cascade`;
    await sql`checkpoint`;
    return work();
  };
  const timed = (work: () => Promise<void>) =>
    fresh(async () => {
      const begun = performance.now();
      await work();
      return rows / ((performance.now() - begun) / 1000);
    });
  const contenders = [
    { name: 'ours', run: fresh(() => issue(portal, made.value.key, body, rows)) },
    { name: 'UNNEST loop', run: timed(() => unnestLoop(peer, body)) },
    { name: 'drizzle multi-VALUES', run: timed(() => drizzleLoop(peer, body)) },
  ];
  const [ours, ...peers] = await interleave(contenders, around.rounds, around.say);
  if (!ours) throw new Error('nothing was measured');
  return {
    name: `a batch of ${rows.toLocaleString('en')} links`,
    unit: 'links/s',
    moreIsBetter: true,
    ours,
    peers,
    targets: [
      { peer: 'UNNEST loop', atLeast: 0.7 },
      { peer: 'drizzle multi-VALUES', atLeast: 3 },
    ],
    bounds: watched.map(({ name, memory }) => ({
      what: `${name}: memory beyond that of its start, MB`,
      value: memory.grownMb(),
      atMost: MOST_GROWTH_MB,
    })),
  };
}

export const BATCH: Benchmark = {
  name: 'batch',
  about: '100,000 links by one request until the last is issued, beside loops that write the same rows',
  run: batch,
};
