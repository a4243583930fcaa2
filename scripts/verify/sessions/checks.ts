/** What must hold of sessions whatever went wrong, asked of the telephone, the gateway and the database. */
import { type IdKind, idFromUuid } from '@/core/ids';
import { isEnd, mustResume, type RecordingState, type SessionState } from '@/core/payment-session';
import { dtmfKeysIn } from '@/sandbox/phone/dtmf';
import type { House } from '../faults/house';
import { Phone } from './desk';
import type { Walked } from './walk';

export type Check = { id: string; claim: string; breaches: string[] };

type Session = {
  id: string;
  link: string;
  kind: 'digital' | 'agent_assist';
  state: SessionState;
  recording: RecordingState | null;
  secured: string | null;
  capture: string | null;
  call: string | null;
};
type Attempt = { id: string; link: string; state: string };
type Charge = { reference: string; paymentLink: string; kind: string; status: string };

/** Where a session may stand when all is quiet: at an end, or as a link that is out. */
const isDefined = ({ kind, state }: Session): boolean =>
  isEnd(state) || (kind === 'digital' && ['created', 'capturing'].includes(state));

const id = (kind: IdKind, uuid: unknown): string => idFromUuid(kind, String(uuid));

export async function readSessions({ sql }: House): Promise<Session[]> {
  const rows = await sql`select id, payment_link_id, kind, state, recording, secured, capture_id, call_id
    from payment_sessions`;
  return rows.map((row) => ({
    id: id('paymentSession', row.id),
    link: id('paymentLink', row.payment_link_id),
    kind: row.kind,
    state: row.state,
    recording: row.recording,
    secured: row.secured,
    capture: row.capture_id,
    call: row.call_id,
  }));
}

/** True when nobody has anything to do any more: no card is keyed, every call is as it was. */
export const isQuiet = (session: Session): boolean =>
  isDefined(session) &&
  !mustResume(session.recording) &&
  session.secured === null &&
  session.capture === null;

async function recordingsAreOn(house: House, walks: readonly Walked[]): Promise<string[]> {
  const phone = new Phone(house);
  const breaches: string[] = [];
  for (const { call, acts } of walks) {
    const told = await phone.read(call.id);
    if (told.state !== 'active') continue;
    const recordings = told.recordings as { state: string }[];
    const off = recordings.filter(({ state }) => state !== 'recording').length;
    if (off > 0) breaches.push(`${call.id}: ${off} recordings are off: ${acts.join(', ')}`);
    if (told.secured !== null) breaches.push(`${call.id} is still ${told.secured}: ${acts.join(', ')}`);
  }
  return breaches;
}

async function nobodyHeardKeys(house: House, walks: readonly Walked[]): Promise<string[]> {
  const phone = new Phone(house);
  const breaches: string[] = [];
  for (const { call, acts } of walks)
    for (const of of ['agent', 'recording'] as const) {
      const keys = dtmfKeysIn(await phone.audio(call.id, of));
      // One key may slip out between two captures; a number may not.
      if (/\d{6,}/.test(keys))
        breaches.push(`${call.id}: ${of} heard ${keys.length} keys: ${acts.join(', ')}`);
    }
  return breaches;
}

function oneCharge(charges: readonly Charge[]): string[] {
  const taken = new Map<string, number>();
  for (const { paymentLink, kind, status } of charges)
    if (kind === 'payment' && ['authorized', 'captured'].includes(status))
      taken.set(paymentLink, (taken.get(paymentLink) ?? 0) + 1);
  return [...taken]
    .filter(([, count]) => count > 1)
    .map(([link, count]) => `${link} was charged ${count} times`);
}

function agree(
  sessions: readonly Session[],
  attempts: readonly Attempt[],
  charges: readonly Charge[],
): string[] {
  const money = new Set(
    charges
      .filter(({ kind, status }) => kind === 'payment' && ['authorized', 'captured'].includes(status))
      .map(({ paymentLink }) => paymentLink),
  );
  return [
    ...sessions
      .filter(({ link, state }) => money.has(link) !== (state === 'succeeded'))
      .map(
        ({ id: session, state, link }) =>
          `${session} is ${state}; the gateway ${money.has(link) ? 'has' : 'has no'} money`,
      ),
    ...attempts
      .filter(({ state }) =>
        ['created', 'submitted', 'unknown', 'requires_action', 'authorized'].includes(state),
      )
      .map(({ id: attempt, state }) => `${attempt} is still ${state}`),
  ];
}

export async function checkAll(house: House, walks: readonly Walked[]): Promise<Check[]> {
  const sessions = await readSessions(house);
  const rows =
    await house.sql`select id, payment_link_id, state from payment_attempts where channel = 'moto'`;
  const attempts = rows.map((row) => ({
    id: id('paymentAttempt', row.id),
    link: id('paymentLink', row.payment_link_id),
    state: String(row.state),
  }));
  const ledger = (await house.control('GET', '/ledger'))?.body.data as Charge[];
  const mine = new Set(sessions.map(({ link }) => link));
  const charges = ledger.filter(({ paymentLink }) => mine.has(paymentLink));
  const undefinedOnes = sessions
    .filter((one) => !isQuiet(one))
    .map(
      (one) =>
        `${one.id}: ${one.kind} ${one.state}, recording ${one.recording}, ${one.secured ?? 'not secured'}`,
    );
  return [
    {
      id: 'P1',
      claim: 'every session has come to a defined state, and lets go of its call',
      breaches: undefinedOnes,
    },
    {
      id: 'P2',
      claim: 'every recording of a living call is on, and its tones are tones again',
      breaches: await recordingsAreOn(house, walks),
    },
    { id: 'P3', claim: 'no debt was charged twice', breaches: oneCharge(charges) },
    {
      id: 'P4',
      claim: 'a session has succeeded exactly where the gateway has the money, and no try is open',
      breaches: agree(sessions, attempts, charges),
    },
    {
      id: 'P5',
      claim: 'neither agent nor recording heard what was keyed',
      breaches: await nobodyHeardKeys(house, walks),
    },
    { id: 'P6', claim: 'no process ended by itself', breaches: [...house.troubles] },
  ];
}
