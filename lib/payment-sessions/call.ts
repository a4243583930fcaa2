import { type Outcome, ok, refuse } from '@/core/outcome';
import { findTelephonyAccount } from '@/db/queries/telephony-accounts';
import type { Ctx } from '../context';
import { type Telephony, type TelephonyCall, telephonyFor } from '../telephony';
import { executor } from '../transact';
import { moveSession, onCall } from './internal';
import { isAtCall, isPuttingBack } from './steps';

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
  // A machine says whose call it is; a person has their own.
  const isPerson = ctx.actor.kind === 'user' || ctx.actor.kind === 'agent';
  if (isPerson && found.call.agent !== agentLine)
    return refuse('no_active_call', 'That call is another agent’s.');
  return ok({ account: telephony.id, call: found.call });
}

/**
 * The session takes its call: from now on its recording is this session's to turn off and on. Waits while it, or another session of
 * the same call, has not put the call back; ended where another is at it. False when it has to wait.
 */
export const takeCall = (ctx: Ctx, id: string): Promise<Outcome<boolean>> =>
  onCall(ctx, id, async (tx, { session }, others) => {
    if (session.state !== 'created' && session.state !== 'connecting') return ok(true);
    const fail = async (reason: string) => {
      await moveSession(ctx, tx, session, ['created', 'connecting'], 'failed', { reason });
      return ok(true);
    };
    if (session.callId === null) return fail('no_active_call');
    if (others.some(isAtCall)) return fail('call_in_use');
    if ([session, ...others].some(isPuttingBack)) {
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
