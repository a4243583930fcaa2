import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { isSafeToCapture } from '@/core/payment-session';
import { readNow } from '@/db/clock';
import { changePaymentSession, listLiveOfCall, type PaymentSessionRow } from '@/db/queries/payment-sessions';
import { findAnyTelephonyAccount } from '@/db/queries/telephony-accounts';
import type { Ctx, Services } from '../context';
import { systemCtx } from '../system';
import { readCallNews, type TelephonyFact, type TelephonyNotification } from '../telephony';
import { BREAKABLE, moveSession, noCapture, onSession } from './internal';
import { tellResumed } from './restore';
import { confirmSuspended } from './secure';
import { isAtCall, isKeyed } from './steps';
import { loseCapture } from './tell-card';

type Posted = { account: string; headers: Readonly<Record<string, string>>; body: string };

/**
 * A telephony provider tells something by itself: verified over its raw bytes, then applied to the sessions of that call. Told
 * again it changes nothing. Gives the sessions that are to be driven on.
 */
export async function receiveCallNews(
  services: Services,
  requestId: string,
  { account: id, headers, body }: Posted,
): Promise<Outcome<{ ctx: Ctx; sessions: string[] }>> {
  const account = isId('telephonyAccount', id) ? await findAnyTelephonyAccount(services.db, id) : undefined;
  const news = account && readCallNews(services.config, account, headers, body, await readNow(services.db));
  if (!account || !news)
    return refuse('unauthenticated', 'This is not signed by the provider of the account.');
  const ctx = systemCtx(services, account.merchantId, requestId);
  const { fact } = news;
  if (fact.kind === 'other') return ok({ ctx, sessions: [] });
  const concerned = await listLiveOfCall(services.db, account.merchantId, fact.call);
  for (const session of concerned) if (!isOld(session, news)) await apply(ctx, session, fact);
  return ok({ ctx, sessions: concerned.map((session) => session.id) });
}

/** How far a provider's clock may be behind ours. */
const CLOCKS_MS = 2_000;
const OF_A_ROUND: readonly TelephonyFact['kind'][] = [
  'recording_suspended',
  'recording_resumed',
  'digits_lost',
];

/** News of a recording or of digits from before this session last turned to it: of a round that is over, whenever it comes. */
const isOld = ({ recordingAt }: PaymentSessionRow, { at, fact }: TelephonyNotification): boolean =>
  OF_A_ROUND.includes(fact.kind) &&
  at !== null &&
  recordingAt !== null &&
  at.getTime() + CLOCKS_MS < recordingAt.getTime();

async function apply(ctx: Ctx, session: PaymentSessionRow, fact: TelephonyFact): Promise<void> {
  const { id, agentLine } = session;
  switch (fact.kind) {
    case 'call_ended':
      await endCall(ctx, id, fact.by === 'agent' ? 'agent_hangup' : 'customer_hangup', `${fact.by}_hung_up`);
      return;
    case 'handed_over':
      if (fact.agent !== agentLine) await endCall(ctx, id, 'agent_hangup', 'handed_over');
      return;
    case 'recording_suspended':
      await confirmSuspended(ctx, id, 'suspended');
      return;
    case 'recording_resumed':
      await recordingIsOn(ctx, session);
      return;
    case 'digits_lost':
      if (isAtCall(session)) await loseCapture(ctx, id, 'digits_lost');
      return;
    default:
      return;
  }
}

/** The call is over, or another's. A card that is on its way runs to its outcome; a link lives on without the call. */
const endCall = (
  ctx: Ctx,
  id: string,
  end: 'customer_hangup' | 'agent_hangup',
  reason: string,
): Promise<Outcome<unknown>> =>
  onSession(ctx, id, async (tx, { session }) => {
    if (session.kind === 'agent_assist') await moveSession(ctx, tx, session, BREAKABLE, end, { reason });
    return ok(true);
  });

/**
 * The recording is on. Where it was being turned on this is the confirmation; where a card is being keyed somebody else has turned it
 * on: what was keyed is wiped, and nothing more is taken until it is confirmed to be off again.
 */
async function recordingIsOn(ctx: Ctx, before: PaymentSessionRow): Promise<void> {
  const { id, captureId, captureCallback, captureOrder } = before;
  const wiped = await onSession(ctx, id, async (tx, { session }) => {
    const wasKeyed = isKeyed(session);
    if (wasKeyed) {
      await moveSession(ctx, tx, session, ['capturing', 'ready'], 'securing', {
        ...noCapture(),
        ...{ captureId: null, captureCallback: null, captureSource: null },
        recording: 'suspending',
        reason: 'recording_turned_on',
      });
    } else if (isSafeToCapture(session.recording) && session.state === 'securing') {
      await changePaymentSession(tx, session, ['securing'], { recording: 'suspending' });
    } else if (session.recording === 'resuming' && !isAtCall(session)) {
      const on = await changePaymentSession(tx, session, [session.state], { recording: 'resumed' });
      if (on) await tellResumed(ctx, tx, on);
    }
    return ok(wasKeyed);
  });
  // At once where this process can: the card process would ask by itself within seconds.
  if (wiped.ok && wiped.value && captureId && captureCallback)
    await ctx.keypad?.close(captureCallback, { capture: captureId, order: captureOrder + 1 });
}
