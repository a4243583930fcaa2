import { type Outcome, ok, refuse } from '@/core/outcome';
import { idleFields, type SessionKind } from '@/core/payment-session';
import { findMerchant, listProfiles } from '@/db/queries/merchants';
import { findPaymentLink } from '@/db/queries/payment-links';
import { insertPaymentSession } from '@/db/queries/payment-sessions';
import { type Agent, resolveAgent } from '../agents';
import { authorize } from '../authorize';
import { actorId, actorName, type Ctx } from '../context';
import { type PaymentSession, sessionWish } from '../contracts/payment-sessions';
import { newId } from '../ids';
import { parseInput, refuseField } from '../parse';
import { type IssueOptions, preparePaymentLink } from '../payment-links/create';
import { EXEMPT } from '../payment-links/issue';
import { type Act, executor, perform, transact } from '../transact';
import { type FoundCall, findCall } from './call';
import { appendSessionEvent, auditSession, watchSessionJob } from './internal';
import { paymentSessionView } from './view';

/** `compatible`: what came with it from a system of another API. `withoutCall`: there is no call to secure, as in tests. */
export type SessionOptions = IssueOptions & {
  compatible?: Record<string, string>;
  withoutCall?: boolean;
};

/**
 * Begins to take a payment during a call: its link is issued, and is sent where the session is digital; where the card is keyed the
 * agent's call is found first, outside the transaction. What it gives makes the session.
 */
export async function preparePaymentSession(
  ctx: Ctx,
  raw: unknown,
  options: SessionOptions = {},
): Promise<Outcome<Act<PaymentSession>>> {
  const allowed = authorize(ctx, 'payment_sessions:create');
  if (!allowed.ok) return allowed;
  if (ctx.actor.kind === 'agent' && ctx.actor.session !== null)
    return refuse('forbidden', 'This desk was opened for one payment session.');
  const parsed = parseInput(sessionWish, raw, EXEMPT);
  if (!parsed.ok) return parsed;
  const { kind, call, agent: named, ...link } = parsed.value;
  const agent = await agentOf(ctx, named);
  if (!agent.ok) return agent;
  const sends = sendsOf(kind, link);
  if (!sends.ok) return sends;
  const isKeyed = kind === 'agent_assist';
  const button = await mayPress(ctx, link.profile, isKeyed);
  if (!button.ok) return button;
  const needsCall = isKeyed && !options.withoutCall;
  const found = needsCall ? await findCall(ctx, { call: call?.id, agentLine: agent.value.line }) : ok(null);
  if (!found.ok) return found;
  const id = newId('paymentSession');
  const act = await preparePaymentLink(
    ctx,
    { ...link, ...sends.value },
    {
      ...options,
      sessionId: id,
      permission: 'payment_sessions:create',
    },
  );
  if (!act.ok) return act;
  const wanted = { id, kind, agent: agent.value, found: found.value, leg: call?.leg, callId: call?.id };
  return ok((inner) => make(inner, act.value, wanted, options));
}

export const createPaymentSession = (
  ctx: Ctx,
  raw: unknown,
  options: SessionOptions = {},
): Promise<Outcome<PaymentSession>> => perform(ctx, (outer) => preparePaymentSession(outer, raw, options));

/** Whoever is at the desk, or whom a machine names. */
async function agentOf(ctx: Ctx, named: string | undefined): Promise<Outcome<Agent>> {
  const { actor } = ctx;
  if (actor.kind === 'agent') return ok({ id: actor.id, name: actor.name, line: actor.line });
  if (actor.kind === 'user') return resolveAgent(executor(ctx), ctx.merchantId, actor.id);
  return named === undefined
    ? refuseField('agent', 'is needed: who takes the payment')
    : resolveAgent(executor(ctx), ctx.merchantId, named);
}

/** How the link goes out: not at all where the card is keyed; else as asked, or to the phone, or else to the e-mail address. */
function sendsOf(kind: SessionKind, link: Record<string, unknown>): Outcome<object> {
  if (kind === 'agent_assist')
    return 'send' in link
      ? refuseField('send', 'goes with a digital session: the card is keyed here')
      : ok({});
  if ('send' in link) return ok({});
  const customer = (link.customer ?? {}) as Record<string, unknown>;
  const channel = customer.phone ? 'sms' : customer.email ? 'email' : null;
  return channel
    ? ok({ send: [{ channel }] })
    : refuseField('customer.phone', 'is needed, or an e-mail address: the link must go somewhere');
}

/** The payment button is enabled for merchant, agent and profile; and where the card is keyed the profile takes telephone orders. */
async function mayPress(ctx: Ctx, wanted: string | undefined, isKeyed: boolean): Promise<Outcome<true>> {
  const tx = executor(ctx);
  const merchant = await findMerchant(tx, ctx.merchantId);
  const isPressed = ctx.actor.kind !== 'api_client';
  if (isPressed && !merchant?.buttonEnabled)
    return refuse('forbidden', 'The payment button is switched off for this merchant.');
  const profiles = await listProfiles(tx, ctx.merchantId);
  const profile = profiles.find((one) =>
    wanted === undefined ? one.isDefault : one.id === wanted || one.name === wanted,
  );
  // Which profile is missing is the link's to say.
  if (!profile) return ok(true);
  if (isPressed && !profile.buttonEnabled)
    return refuse('forbidden', 'The payment button is switched off for this payment profile.');
  return !isKeyed || profile.moto
    ? ok(true)
    : refuse('moto_not_enabled', 'This payment profile takes no telephone orders. Send a link instead.');
}

type Wanted = {
  id: string;
  kind: SessionKind;
  agent: Agent;
  found: FoundCall | null;
  callId: string | undefined;
  leg: string | undefined;
};

const make = (
  ctx: Ctx,
  issue: Act<{ id: string }>,
  { id, kind, agent, found, callId, leg }: Wanted,
  { compatible, withoutCall = false }: SessionOptions,
): Promise<Outcome<PaymentSession>> =>
  transact(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const issued = await issue(inner);
    if (!issued.ok) return issued;
    const { merchantId } = ctx;
    const link = await findPaymentLink(tx, { merchantId, id: issued.value.id });
    if (!link) throw new Error('the new link is not there');
    const call = found?.call;
    const session = await insertPaymentSession(tx, {
      merchantId,
      id,
      paymentLinkId: link.id,
      profileId: link.profileId,
      kind,
      state: 'created',
      ...{ agentId: agent.id, agentName: agent.name, agentLine: agent.line },
      telephonyAccountId: found?.account ?? null,
      callId: call?.id ?? callId ?? null,
      callLeg: call?.leg ?? leg ?? null,
      callDirection: call?.direction ?? null,
      withoutCall,
      recording: call ? 'recording' : null,
      fields: idleFields(),
      compatible: compatible ?? null,
      createdByKind: ctx.actor.kind,
      createdById: actorId(ctx.actor),
      createdByName: actorName(ctx.actor),
    });
    await appendSessionEvent(ctx, tx, 'payment_session.created', session, agent.name);
    await auditSession(ctx, tx, 'create', session, { kind, agent: agent.id });
    if (kind === 'agent_assist') await watchSessionJob(tx, session, 1);
    return ok(paymentSessionView(session, link));
  });
