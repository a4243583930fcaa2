import { type Outcome, ok, refuse } from '@/core/outcome';
import { type Channel, isPayable, LINK_ACCESS, statusOf } from '@/core/payment-link';
import { isEnd, type SessionKind } from '@/core/payment-session';
import type { Executor } from '@/db/client';
import { findChallenge } from '@/db/queries/challenges';
import { findProfile } from '@/db/queries/merchants';
import { changePaymentLink } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { type PaymentSession, switchSessionInput } from '../contracts/payment-sessions';
import { parseInput } from '../parse';
import {
  addressFor,
  channelsOf,
  type LinkAndToken,
  loadLink,
  refuseChannel,
  sendOnce,
} from '../payment-links/internal';
import { type Act, executor, perform } from '../transact';
import { type FoundCall, findCall } from './call';
import {
  appendSessionEvent,
  auditSession,
  findSession,
  mayGoOn,
  moveSession,
  noCapture,
  onSession,
  type SessionAndLink,
} from './internal';
import { mustRestore } from './steps';
import { paymentSessionView } from './view';

type Input = Extract<ReturnType<typeof parse>, { ok: true }>['value'];
const parse = (raw: unknown) => parseInput(switchSessionInput, raw, ['customer.phone']);

/**
 * The payment goes on by the other rail, or by the keypad once more, over the same link: nothing is typed again. By link: it is sent,
 * to an address that may come with it where none is on file. By keypad: the agent's call is found first. Also after a decline, a
 * hang-up, a fault, or once time was over.
 */
export async function prepareSwitch(
  ctx: Ctx,
  id: string,
  raw: unknown,
): Promise<Outcome<Act<PaymentSession>>> {
  const allowed = await mayGoOn(ctx);
  if (!allowed.ok) return allowed;
  const parsed = parse(raw);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  const found = await findSession(ctx, executor(ctx), id);
  if (!found.ok) return found;
  const { agentLine, callId } = found.value;
  const call =
    input.kind === 'agent_assist'
      ? await findCall(ctx, { call: input.call?.id ?? callId ?? undefined, agentLine })
      : ok(null);
  if (!call.ok) return call;
  if (found.value.reason === 'handed_over' && call.value && call.value.call.agent !== agentLine)
    return refuse('no_active_call', 'The call is another agent’s now.');
  return ok((inner) => doSwitch(inner, id, input, call.value));
}

export const switchSession = (ctx: Ctx, id: string, raw: unknown): Promise<Outcome<PaymentSession>> =>
  perform(ctx, (outer) => prepareSwitch(outer, id, raw));

const doSwitch = (
  ctx: Ctx,
  id: string,
  input: Input,
  found: FoundCall | null,
): Promise<Outcome<PaymentSession>> =>
  onSession(ctx, id, async (tx, held) => {
    const { session, link } = held;
    if (session.state === 'succeeded') return refuse('link_paid', 'This is paid.');
    if (session.state === 'canceled')
      return refuse('session_ended', 'This was canceled. Begin a new payment.');
    if (session.state === 'submitting' || link.heldMinor > 0)
      return refuse('being_paid', 'The payment is on its way. Wait for its outcome.');
    if (!isPayable(link))
      return refuse(
        'link_not_payable',
        `Its link is ${statusOf(link)}, so that nothing can be paid with it.`,
      );
    if (found && mustRestore(session) && found.call.id !== session.callId)
      return refuse('session_not_ready', 'The last call is still being put back. Try again in a moment.');
    const isSame = session.kind === input.kind && !isEnd(session.state);
    if (isSame && input.kind === 'agent_assist') return ok(paymentSessionView(session, link));
    if (input.kind === 'agent_assist') {
      const profile = await findProfile(tx, ctx.merchantId, session.profileId);
      if (!profile?.moto)
        return refuse('moto_not_enabled', 'This payment profile takes no telephone orders.');
    } else {
      const sent = await sendLink(ctx, tx, link.id, input);
      if (!sent.ok) return sent;
      if (isSame) return ok(paymentSessionView(session, link));
    }
    return begin(ctx, tx, held, { kind: input.kind, found });
  });

type Begun = { kind: SessionKind; found: FoundCall | null };

/** The session stands at its beginning again, on the rail it is on now. What it had of a call is put back first. */
async function begin(
  ctx: Ctx,
  tx: Executor,
  { session, link }: SessionAndLink,
  { kind, found }: Begun,
): Promise<Outcome<PaymentSession>> {
  const moved = await moveSession(ctx, tx, session, [session.state], 'created', {
    ...noCapture(),
    kind,
    reason: null,
    withoutCall: false,
    ...(found && {
      telephonyAccountId: found.account,
      callId: found.call.id,
      callLeg: found.call.leg,
      callDirection: found.call.direction,
    }),
    ...(found && session.recording === null && { recording: 'recording' }),
  });
  if (!moved) return refuse('conflict', 'The payment session has just changed. Look again.');
  await auditSession(ctx, tx, 'switch', moved, { from: session.kind, to: kind });
  await appendSessionEvent(ctx, tx, 'payment_session.created', moved, kind);
  return ok(paymentSessionView(moved, link));
}

/** Sends the link, by the channel that is asked for or the first there is. */
async function sendLink(ctx: Ctx, tx: Executor, link: string, input: Input): Promise<Outcome<true>> {
  const filed = await fileAddress(ctx, tx, link, input);
  if (!filed.ok) return filed;
  const found = filed.value;
  const channel = input.send?.channel ?? (await firstChannel(tx, found));
  if (!channel)
    return refuse('invalid', 'customer.phone: is needed, or an e-mail address: the link must go somewhere', {
      errors: [{ path: 'customer.phone', message: 'is needed, or an e-mail address' }],
    });
  const unsendable = await refuseChannel(tx, found.link, channel, 'send.channel');
  if (unsendable) return unsendable;
  await sendOnce(ctx, tx, found, channel);
  return ok(true);
}

const firstChannel = async (tx: Executor, { link }: LinkAndToken): Promise<Channel | undefined> => {
  const channels = channelsOf(link, await findChallenge(tx, link));
  return channels.includes('sms') ? 'sms' : channels[0];
};

/** An address that comes with it is put on file where none is: one that is there is never overwritten by a call. */
async function fileAddress(
  ctx: Ctx,
  tx: Executor,
  id: string,
  { customer }: Input,
): Promise<Outcome<LinkAndToken>> {
  const found = await loadLink(ctx, tx, id, 'lock');
  if (!found.ok || !customer) return found;
  const { link, token } = found.value;
  const adds = {
    ...(customer.email && !addressFor(link, 'email') && { customerEmail: customer.email }),
    ...(customer.phone && !addressFor(link, 'sms') && { customerPhone: customer.phone }),
  };
  if (Object.keys(adds).length === 0) return found;
  const changed = await changePaymentLink(tx, { merchantId: ctx.merchantId, id }, LINK_ACCESS, adds);
  return changed
    ? ok({ link: changed, token })
    : refuse('conflict', 'The link has just changed. Look again.');
}
