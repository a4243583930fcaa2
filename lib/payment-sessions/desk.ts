import { type Outcome, ok } from '@/core/outcome';
import { type Channel, isPayable } from '@/core/payment-link';
import {
  CAPTURE_SECONDS,
  FIELD_SECONDS,
  isEnd,
  isSafeToCapture,
  type SessionKind,
} from '@/core/payment-session';
import { findChallenge } from '@/db/queries/challenges';
import { findProfile } from '@/db/queries/merchants';
import { findPaymentLink, type PaymentLinkRow } from '@/db/queries/payment-links';
import { listSessionsOfAgent, type PaymentSessionRow } from '@/db/queries/payment-sessions';
import { authorize } from '../authorize';
import { actorId, type Ctx } from '../context';
import type { PaymentSession } from '../contracts/payment-sessions';
import {
  type AttemptHistory,
  type DeskLink,
  type LinkHistory,
  listDeskLinks,
  readLinkHistory,
} from '../payment-links';
import { channelsOf } from '../payment-links/internal';
import { executor } from '../transact';
import { findSession, MISSING } from './internal';
import { isKeyed } from './steps';
import { paymentSessionView } from './view';

/** What an agent may do with a session at this moment. */
export type SessionMay = {
  requestField: boolean;
  submit: boolean;
  cancel: boolean;
  switchTo: SessionKind[];
  send: boolean;
};

/** A session as the agent's desk shows it, with all that happened to its link. `now` is the database's clock. */
export type AgentDesk = {
  session: PaymentSession;
  history: LinkHistory;
  /** The newest try from the keypad. */
  attempt: AttemptHistory | null;
  now: string;
  fieldEndsAt: string | null;
  captureEndsAt: string | null;
  channels: Channel[];
  may: SessionMay;
};

/** Everything about one session that its agent has to see. */
export async function readAgentDesk(ctx: Ctx, id: string): Promise<Outcome<AgentDesk>> {
  const allowed = authorize(ctx, 'payment_sessions:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const found = await findSession(ctx, tx, id);
  if (!found.ok) return found;
  const { merchantId } = ctx;
  const [link, history, profile] = await Promise.all([
    findPaymentLink(tx, { merchantId, id: found.value.paymentLinkId }),
    readLinkHistory(ctx, found.value.paymentLinkId),
    findProfile(tx, merchantId, found.value.profileId),
  ]);
  if (!history.ok) return history;
  // The session once more, behind its link: what the screen shows of the two is never older than what it was told of.
  const session = await findSession(ctx, tx, id);
  if (!session.ok || !link) return MISSING;
  const row = session.value;
  return ok({
    session: paymentSessionView(row, link),
    history: history.value,
    attempt: history.value.attempts.find((one) => one.id === row.attemptId) ?? null,
    now: row.now.toISOString(),
    fieldEndsAt: fieldEndsAt(row, history.value),
    captureEndsAt: row.captureAt && isKeyed(row) ? after(row.captureAt, CAPTURE_SECONDS) : null,
    channels: channelsOf(link, await findChallenge(tx, link)),
    may: mayOf(row, link, profile?.moto === true),
  });
}

const after = (at: Date, seconds: number): string => new Date(at.getTime() + seconds * 1000).toISOString();

/** The field that is asked for is to be keyed by then; counted from its request. */
function fieldEndsAt(row: PaymentSessionRow, { events }: LinkHistory): string | null {
  const field = row.activeField;
  if (!isKeyed(row) || !field || !['requested', 'capturing'].includes(row.fields[field].state)) return null;
  const asked = events
    .filter((one) => one.type === 'payment_session.field_requested' && one.detail === field)
    .at(-1);
  return asked ? after(new Date(asked.at), FIELD_SECONDS) : null;
}

function mayOf(row: PaymentSessionRow, link: PaymentLinkRow, moto: boolean): SessionMay {
  const { state, kind, recording } = row;
  const isFree = state !== 'submitting' && state !== 'succeeded' && state !== 'canceled' && isPayable(link);
  const keypad = moto && (kind === 'digital' || isEnd(state));
  return {
    requestField: isKeyed(row) && isSafeToCapture(recording),
    submit: kind === 'agent_assist' && state === 'ready',
    cancel: state !== 'submitting' && state !== 'succeeded' && state !== 'canceled' && link.heldMinor === 0,
    switchTo: isFree
      ? [
          ...(kind === 'agent_assist' || isEnd(state) ? (['digital'] as const) : []),
          ...(keypad ? (['agent_assist'] as const) : []),
        ]
      : [],
    send: kind === 'digital' && isPayable(link),
  };
}

export type AgentBoardRow = { session: PaymentSession | null; link: DeskLink };
export type AgentBoard = { open: AgentBoardRow[]; recent: AgentBoardRow[] };

const OPEN_STATUSES = ['active', 'processing', 'locked', 'partially_paid'] as const;
const MOST_RECENT = 10;

/** An agent's own links: what can still be paid, and what ended lately; each with the session that it was issued in. */
export async function readAgentBoard(ctx: Ctx): Promise<Outcome<AgentBoard>> {
  const agent = actorId(ctx.actor) ?? '';
  const [latest, ...pages] = await Promise.all([
    listDeskLinks(ctx, { agent, limit: 50 }),
    ...OPEN_STATUSES.map((status) => listDeskLinks(ctx, { agent, status, limit: 100 })),
  ]);
  if (!latest.ok) return latest;
  const open: DeskLink[] = [];
  for (const page of pages) {
    if (!page.ok) return page;
    open.push(...page.value.data);
  }
  const isOpen = new Set(open.map((link) => link.id));
  const recent = latest.value.data.filter((link) => !isOpen.has(link.id)).slice(0, MOST_RECENT);
  const rows = await listSessionsOfAgent(executor(ctx), ctx.merchantId, agent, 200);
  const sessions = new Map(rows.map((row) => [row.paymentLinkId, row]));
  const rowOf = (link: DeskLink): AgentBoardRow => {
    const row = sessions.get(link.id);
    return { session: row ? paymentSessionView(row, link) : null, link };
  };
  const newest = (a: DeskLink, b: DeskLink) => (a.id < b.id ? 1 : -1);
  return ok({ open: open.sort(newest).map(rowOf), recent: recent.map(rowOf) });
}
