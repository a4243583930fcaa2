import { type Outcome, ok, refuse } from '@/core/outcome';
import { isEnd, mustResume } from '@/core/payment-session';
import { lockSessionsOfCall, type PaymentSessionRow } from '@/db/queries/payment-sessions';
import { findTelephonyAccount } from '@/db/queries/telephony-accounts';
import type { Ctx } from '../context';
import { type Telephony, type TelephonyCall, telephonyFor } from '../telephony';
import { executor } from '../transact';
import { moveSession, onSession } from './internal';

/** The telephony of this merchant, or of the account that a session is on; null where there is none. */
export async function telephonyOf(
  ctx: Ctx,
  account?: string,
): Promise<{ id: string; line: Telephony } | null> {
  const row = await findTelephonyAccount(executor(ctx), ctx.merchantId, account);
  return row ? { id: row.id, line: telephonyFor(ctx.config, row) } : null;
}

export type FoundCall = { account: string; call: TelephonyCall };

/** The call that a card can be keyed on: the one that is named, or the one that the agent is on. Asked outside the database. */
export async function findCall(
  ctx: Ctx,
  { call, agentLine }: { call?: string | undefined; agentLine: string },
): Promise<Outcome<FoundCall>> {
  const telephony = await telephonyOf(ctx);
  if (!telephony) return refuse('no_active_call', 'No telephony is connected here. Send a link instead.');
  const found = await telephony.line.find(call === undefined ? { agent: agentLine } : { call });
  if (found.kind === 'unreachable')
    return refuse(
      'telephony_unavailable',
      'The telephony provider does not answer. Try again, or send a link.',
    );
  if (found.kind === 'none' || found.call.state === 'ended')
    return refuse('no_active_call', 'There is no active call on which a card could be keyed.');
  return ok({ account: telephony.id, call: found.call });
}

/**
 * The session takes its call: from now on its recording is this session's to turn off and on. Waits while another session of the
 * same call has not put it back; refused where another is at it. True when it has the call.
 */
export const takeCall = (ctx: Ctx, id: string): Promise<Outcome<boolean>> =>
  onSession(ctx, id, async (tx, { session }) => {
    const { merchantId, callId } = session;
    if (session.state !== 'created' && session.state !== 'connecting') return ok(false);
    if (mustResume(session.recording)) return ok(false);
    if (callId === null) {
      await moveSession(ctx, tx, session, ['created', 'connecting'], 'failed', { reason: 'no_active_call' });
      return ok(false);
    }
    const others = (await lockSessionsOfCall(tx, merchantId, callId)).filter((one) => one.id !== id);
    if (others.some(isAtIt)) {
      await moveSession(ctx, tx, session, ['created', 'connecting'], 'failed', { reason: 'call_in_use' });
      return ok(false);
    }
    if (others.some(isPuttingBack)) {
      if (session.state === 'created') await moveSession(ctx, tx, session, ['created'], 'connecting');
      return ok(false);
    }
    const connected =
      session.state === 'connecting'
        ? session
        : await moveSession(ctx, tx, session, ['created'], 'connecting');
    const moved =
      connected &&
      (await moveSession(ctx, tx, connected, ['connecting'], 'securing', { recording: 'suspending' }));
    return ok(moved !== null);
  });

const isAtIt = ({ kind, state }: PaymentSessionRow): boolean =>
  kind === 'agent_assist' && ['securing', 'capturing', 'ready', 'submitting'].includes(state);
const isPuttingBack = ({ state, kind, recording }: PaymentSessionRow): boolean =>
  (isEnd(state) || kind === 'digital') && mustResume(recording) && recording !== 'resume_failed';
