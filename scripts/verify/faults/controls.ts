/** Deliberately broken variants of the product: the harness is worth something only if each of them makes it fail. */
import type { Bundle } from './control-build';
import type { Target } from './house';

export type Control = {
  name: string;
  /** What is broken. */
  breaks: string;
  /** Invariants of which at least one must be breached, or the harness has failed for another reason. */
  mustBreach: readonly string[];
  /** Statements for the database's superuser, before anything runs. */
  settings?: readonly string[];
  /** Statements for the database once it is migrated. */
  sabotage?: readonly string[];
  bundle?: Bundle;
  /** Rows of the matrix to run, by a part of their name; payments and kills at random, or all of one target. */
  run: { row: string | null; payments: number; kills: number; target?: Target };
};

/** The lease of a link is a unique index, and beside it what the link holds: without both, two payers both pay. */
const noUniqueIndex: Control = {
  name: 'no-unique-index',
  breaks:
    'the unique indexes on open and succeeded attempts are dropped, and a link forgets that it is being paid',
  mustBreach: ['I1', 'I2'],
  sabotage: [
    'drop index payment_attempts_one_open',
    'drop index payment_attempts_one_succeeded',
    'alter table payment_links drop constraint payment_links_owed',
    `create function forget_lease() returns trigger language plpgsql as $$ begin
      if new.access = 'processing' then new.access := 'active'; end if; new.held_minor := 0; return new; end $$`,
    'create trigger forget_lease before update on payment_links for each row execute function forget_lease()',
  ],
  run: { row: 'double click', payments: 0, kills: 0 },
};

/** The worker's outbox is filled after the commit: a kill in between loses what had happened. */
const outboxOutside: Control = {
  name: 'outbox-outside-transaction',
  breaks: 'the worker writes events and deliveries after the commit instead of in the transaction',
  mustBreach: ['I5'],
  bundle: {
    process: 'worker',
    entry: 'worker/main.ts',
    patches: [
      {
        file: 'lib/events/append.ts',
        find: 'await insertRows(tx, eventRows([row]), deliveryRows(deliveries));',
        put: 'setTimeout(() => insertRows(ctx.db, eventRows([row]), deliveryRows(deliveries)).catch(() => {}), 8_000);',
      },
    ],
  },
  run: { row: null, payments: 120, kills: 40, target: 'worker' },
};

/** What was lost is sent again under another key, as a careless client does. */
const AGAIN = `export async function post(sending: Sending): Promise<Exchange> {
  const kept = Buffer.from(sending.body);
  const first = await once(sending);
  const key = sending.headers['idempotency-key'];
  if (!key || first.kind !== 'lost') return first;
  return once({ ...sending, body: kept, headers: { ...sending.headers, 'idempotency-key': key + '-again' } });
}

async function once(sending: Sending): Promise<Exchange> {`;

/** The card process charges again when no answer came. */
const retryAfterTimeout: Control = {
  name: 'retry-after-timeout',
  breaks: 'the card process sends a charge again under a new key when its answer was lost',
  mustBreach: ['I1', 'I2'],
  bundle: {
    process: 'card',
    entry: 'card/server.ts',
    patches: [
      {
        file: 'card/wire.ts',
        find: 'export async function post(sending: Sending): Promise<Exchange> {',
        put: AGAIN,
      },
    ],
  },
  run: { row: 'timeout or reset', payments: 0, kills: 0 },
};

/** Commits are answered before they are on the disk, and the server is killed. */
const synchronousCommitOff: Control = {
  name: 'synchronous-commit-off',
  breaks: 'PostgreSQL answers commits before they are on the disk',
  mustBreach: ['I2', 'I4', 'I5'],
  settings: [
    'alter system set synchronous_commit = off',
    "alter system set wal_writer_delay = '10s'",
    'select pg_reload_conf()',
  ],
  run: { row: 'everything', payments: 0, kills: 0 },
};

/** No answer is taken for a no, as a careless client does. */
const unknownCalledFailed: Control = {
  name: 'unknown-called-failed',
  breaks: 'the card process calls a charge whose answer was lost refused',
  mustBreach: ['I3'],
  bundle: {
    process: 'card',
    entry: 'card/server.ts',
    patches: [
      {
        file: 'card/gateway.ts',
        find: "return { kind: 'unknown', reason: exchange.reason };",
        put: "return { kind: 'failed', reason: 'refused' };",
      },
    ],
  },
  run: { row: 'timeout or reset', payments: 0, kills: 0 },
};

/** What became of an unknown attempt is never asked. */
const neverRead: Control = {
  name: 'never-read',
  breaks: 'jobs that read the gateway for an open attempt are dropped',
  mustBreach: ['I11'],
  sabotage: [
    `create function drop_reads() returns trigger language plpgsql as $$ begin
      if exists (select 1 from graphile_worker._private_tasks t where t.id = new.task_id
        and t.identifier = 'resolve_attempt') then return null; end if; return new; end $$`,
    `create trigger drop_reads before insert on graphile_worker._private_jobs
      for each row execute function drop_reads()`,
  ],
  run: { row: null, payments: 40, kills: 0 },
};

const REFUND_ONCE = 'if (neverAsked && (await readAge()) < SAME_KEY_SECONDS) return gateway.refund(order);';
const REFUND_AGAIN = `if (neverAsked && (await readAge()) < SAME_KEY_SECONDS) {
    const first = await gateway.refund(order);
    return first.kind === 'unknown' ? gateway.refund({ ...order, reference: reference + '-again' }) : first;
  }`;

/** A refund whose answer was lost is asked for again under another key. */
const refundUnderNewKey: Control = {
  name: 'refund-under-new-key',
  breaks: 'the worker asks for a refund again under a new key when its answer was lost',
  mustBreach: ['I8'],
  bundle: {
    process: 'worker',
    entry: 'worker/main.ts',
    patches: [{ file: 'lib/refunds/resolve.ts', find: REFUND_ONCE, put: REFUND_AGAIN }],
  },
  run: { row: 'timeout or reset', payments: 0, kills: 0 },
};

/** A notice is acknowledged, and nothing of it is kept. */
const noticesNotKept: Control = {
  name: 'notices-not-kept',
  breaks: 'notices of refunds are acknowledged and not stored',
  mustBreach: ['I8'],
  sabotage: [
    `create function forget_notice() returns trigger language plpgsql as $$ begin
      if new.type like 'refund.%' then return null; end if; return new; end $$`,
    `create trigger forget_notice before insert on gateway_notifications
      for each row execute function forget_notice()`,
  ],
  run: { row: 'notice', payments: 0, kills: 0 },
};

/** A webhook is written anew for each try. */
const bytesMadeAnew: Control = {
  name: 'bytes-made-anew',
  breaks: 'the worker writes the body of a webhook anew for each try',
  mustBreach: ['I6'],
  bundle: {
    process: 'worker',
    entry: 'worker/main.ts',
    patches: [
      {
        file: 'lib/webhooks/deliver.ts',
        find: 'const started = performance.now();',
        put: `const started = performance.now();
  claim = { ...claim, payload: claim.payload.replace('{', '{"sentAt":' + Date.now() + ',') };`,
      },
    ],
  },
  run: { row: 'everything', payments: 0, kills: 0 },
};

/** The card process writes down what it was sent. */
const cardNumberLogged: Control = {
  name: 'card-number-logged',
  breaks: 'the card process logs the body of a card submission',
  mustBreach: ['I9'],
  bundle: {
    process: 'card',
    entry: 'card/server.ts',
    patches: [
      {
        file: 'card/authorize.ts',
        find: 'const fields = parseFields(body);',
        put: "process.stderr.write(body.toString('latin1') + '\\n');\n    const fields = parseFields(body);",
      },
    ],
  },
  run: { row: null, payments: 5, kills: 0 },
};

export const CONTROLS: readonly Control[] = [
  noUniqueIndex,
  outboxOutside,
  retryAfterTimeout,
  unknownCalledFailed,
  neverRead,
  refundUnderNewKey,
  noticesNotKept,
  bytesMadeAnew,
  cardNumberLogged,
  synchronousCommitOff,
];
