/** One payment by keypad, walked in its smallest steps: by portal, card process, caller and agent, each of whom may fail. */
import { uuidFromId } from '@/core/ids';
import { isEnd, SESSION_FIELDS } from '@/core/payment-session';
import type { PaymentSessionRow } from '@/db/queries/payment-sessions';
import type { Ctx } from '../../context';
import { fault } from '../../gateways/testing';
import { resolveAttempt } from '../../payment-attempts';
import { driveSession, requestField, submitSession, watchSession } from '..';
import { takeCall } from '../call';
import { restoreCall } from '../restore';
import { openCapture, secureCall, suspendRecording } from '../secure';
import { mustRestore, type Step, stepOf } from '../steps';
import { tellCard } from '../tell-card';
import { begin, CARDS, type CallHouse } from '.';

const STEPS: Record<Exclude<Step, 'none'>, (ctx: Ctx, session: PaymentSessionRow) => Promise<unknown>> = {
  connect: (ctx, { id }) => takeCall(ctx, id),
  suspend: suspendRecording,
  open: openCapture,
  secure: secureCall,
  field: tellCard,
  submit: tellCard,
  restore: restoreCall,
};

/** As many of the smallest steps lead from a session that was made to one whose call is put back. */
export const WAY = 16;

class Died extends Error {}

export type Walk = Awaited<ReturnType<typeof newWalk>>;

export async function newWalk(house: CallHouse) {
  const one = await begin(house);
  const { db } = house.services;
  const walk = {
    ...{ ...one, house },
    /** The portal as it is now. */
    portal: house.portal,
    number: CARDS.approved as string,
    /** What the gateway does with the charge; what the card process does once it has sent it. */
    gateway: null as 'reset_after' | 'reset_before' | null,
    diesOnceSent: false,
    /** The portal dies as soon as something it asked is done; `isDead`: it has. */
    isMortal: false,
    isDead: false,
    /** Somebody else turned the recording on: then it may be on for as long as nobody knows. */
    isMeddled: false,
    /** False in a control alone: what has ended is put back by nobody. */
    restores: true,
    breaches: [] as string[],
  };
  const transaction: typeof db.transaction = (work, options) =>
    walk.isDead ? Promise.reject(new Died('the portal has died')) : db.transaction(work, options);
  walk.portal = { ...house.portal, db: Object.assign(Object.create(db), { transaction }) };
  one.call.after = () => {
    walk.isDead ||= walk.isMortal;
  };
  house.card.watched.set(one.id, {
    before: (act) => {
      if (act.startsWith('field') && one.call.recorded && !walk.isMeddled && !one.call.isOver)
        walk.breaches.push(`${act} was asked while the call was recorded`);
    },
    after: () => {
      walk.isDead ||= walk.isMortal;
    },
  });
  return walk;
}

/** What a portal does, which may die over it: then the next one is there. */
async function byPortal(walk: Walk, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Died)) throw error;
  }
  if (walk.isDead) walk.isMortal = false;
  walk.isDead = false;
}

const isOver = ({ state, kind }: PaymentSessionRow): boolean => isEnd(state) || kind === 'digital';
/** The portal and the workers go as far as they come. */
export const drive = (walk: Walk): Promise<void> =>
  byPortal(walk, async () => {
    if (walk.restores || !isOver(await walk.house.read(walk.id))) await driveSession(walk.portal, walk.id);
  });

/** The card process takes a card one step on its way. */
async function sendCard({ house, id, number, gateway, diesOnceSent }: Walk): Promise<boolean> {
  const capture = house.card.open(id).at(-1);
  if (capture?.result) {
    await house.card.record(capture);
    capture.result = null;
    capture.grant = null;
  } else if (capture?.grant) {
    if (gateway) await fault(house, 'authorize', gateway, capture.grant.attempt);
    await house.card.send(capture, number);
    if (diesOnceSent) house.card.die(id);
  } else if (capture?.ticket) await house.card.ask(capture, number);
  else return false;
  return true;
}

/** The one smallest step that comes next by itself. */
export async function advance(walk: Walk): Promise<void> {
  const { house, id, call } = walk;
  if (await sendCard(walk)) return;
  const row = await house.read(id);
  const step = stepOf(row);
  if (step === 'restore' && !walk.restores) return;
  if (step !== 'none') return byPortal(walk, async () => STEPS[step](walk.portal, row));
  const agent = house.desk('owner');
  if (row.state === 'ready') return void (await submitSession(agent, id));
  const capture = house.card.captures.get(row.captureId ?? '');
  if (row.state !== 'capturing' || row.kind !== 'agent_assist' || !capture?.isOpen) return;
  const field = SESSION_FIELDS.find((one) => capture.fields[one].state !== 'captured');
  if (!capture.active) return void (field && (await requestField(agent, id, { field })));
  if (!call.isOver && call.line !== capture.callback)
    walk.breaches.push('keyed while the call was not masked');
  await house.card.key(capture);
}

/** What was told and done late arrives now. */
export async function settle({ house, call }: Walk): Promise<void> {
  call.settle();
  for (const type of call.news.splice(0)) await house.news(call, type);
}

const openAttempts = async ({ house, link }: Walk): Promise<string[]> =>
  (
    await house.database.sql`select id from payment_attempts
      where payment_link_id = ${uuidFromId('paymentLink', link)}
      and state in ('submitted', 'requires_action', 'authorized', 'unknown')`
  ).map(({ id }) => String(id));

/** Where a session may stand when all is quiet: at an end, or as a link that is out. */
const isDefined = ({ state, kind }: PaymentSessionRow): boolean =>
  isEnd(state) || (kind === 'digital' && (state === 'created' || state === 'capturing'));

async function isQuiet(walk: Walk): Promise<boolean> {
  const row = await walk.house.read(walk.id);
  const isHeld = mustRestore(row) || walk.house.card.open(walk.id).length > 0;
  return isDefined(row) && !isHeld && (await openAttempts(walk)).length === 0;
}

/** Time passes in such pieces until nobody wants anything any more: more than any limit of a session. */
const PIECES = [0, 3, 4, 8, 20, 40, 60, 120, 120, 8, 8];

/** Everything works again; then portal, workers and card process go on, and time passes, until all is quiet. */
export async function heal(walk: Walk): Promise<void> {
  const { house, call, id } = walk;
  call.trouble.clear();
  house.card.trouble.delete(id);
  walk.isMortal = false;
  for (const seconds of PIECES) {
    await house.pass(id, seconds);
    await settle(walk);
    while (await sendCard(walk));
    await house.card.beat(id);
    await drive(walk);
    if (walk.restores) await watchSession(house.as('system'), id);
    await house.card.beat(id);
    for (const attempt of await openAttempts(walk))
      await resolveAttempt(house.as('system'), house.attemptId(attempt));
    if (walk.restores && (await isQuiet(walk))) return;
  }
}

export type Charge = { paymentLink: string; kind: string; status: string };

/** What is wrong at the end of a walk, held against what telephone, card process and gateway hold. */
export async function breachesOf(walk: Walk, charges: readonly Charge[]): Promise<string[]> {
  const { house, id, call, link } = walk;
  const row = await house.read(id);
  const found = [...walk.breaches];
  const claim = (holds: boolean, text: string) => void (holds || found.push(text));
  claim(isDefined(row), `it stands at ${row.kind} ${row.state}`);
  claim(!mustRestore(row), `it says: ${row.recording}, ${row.secured}, ${row.captureId}`);
  claim(call.isOver || call.recorded === true, 'the recording is off');
  claim(call.isOver || call.line === null, 'the call is masked');
  claim(house.card.open(id).length === 0, 'the card process holds a capture');
  const money = charges.filter(
    ({ paymentLink, kind, status }) =>
      paymentLink === link && kind === 'payment' && (status === 'captured' || status === 'authorized'),
  ).length;
  claim(money <= 1, `it was charged ${money} times`);
  claim((row.state === 'succeeded') === money > 0, `it is ${row.state}, and was charged ${money} times`);
  const uuid = uuidFromId('paymentLink', link);
  const attempts = await house.database
    .sql`select state from payment_attempts where payment_link_id = ${uuid}`;
  const paid = attempts.filter(({ state }) => state === 'succeeded').length;
  const [entries] = await house.database.sql`select count(*)::int as paid from ledger_entries
    where payment_link_id = ${uuid} and kind = 'payment'`;
  claim(
    paid === money && entries?.paid === money,
    `attempts ${paid}, ledger ${entries?.paid}, gateway ${money}`,
  );
  const open = await openAttempts(walk);
  claim(open.length === 0, `${open.length} attempts are open`);
  return found;
}
