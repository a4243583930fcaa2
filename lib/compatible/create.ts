import { uuidFromId } from '@/core/ids';
import { ok } from '@/core/outcome';
import type { SessionKind } from '@/core/payment-session';
import { findPaymentSession } from '@/db/queries/payment-sessions';
import { issueSessionTokens } from '../agent-tokens';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type CompatibleSession, compatibleSessionInput, type PaymentData } from '../contracts/compatible';
import { parseReport, refuseCardNumber } from '../parse';
import { preparePaymentSession } from '../payment-sessions';
import { transact } from '../transact';
import { configurationFor } from './configuration';
import { refused, type Told, told } from './errors';
import { isPhone, wishOf } from './payment-data';

/**
 * Begins a payment session that a client of the Vonage Payment API asks for, and gives the tokens with which its agent's page
 * opens the desk of that session alone. What paymentData holds is kept and told again untouched.
 */
export async function createCompatibleSession(
  ctx: Ctx,
  kind: SessionKind,
  raw: unknown,
): Promise<Told<CompatibleSession>> {
  const allowed = authorize(ctx, 'payment_sessions:create');
  if (!allowed.ok) return told(allowed);
  const parsed = parseReport(compatibleSessionInput, raw);
  if (!parsed.ok) return told(parsed);
  const clean = refuseCardNumber(parsed.value, exemptOf(parsed.value.paymentData));
  if (!clean.ok) return told(clean);
  const { agentId, accountConfigurationId, paymentData, skipCallTransfer } = parsed.value;
  if (!agentId) return refused('AGENT_ID_REQUIRED', 'agentId: is needed of a back end');
  const profile = await configurationFor(ctx.db, ctx.merchantId, accountConfigurationId);
  if (!profile.ok) return profile;
  const wish = wishOf(kind, paymentData);
  if (!wish.ok) return wish;
  const withoutCall = kind === 'agent_assist' && skipCallTransfer === true;
  const asked = { ...wish.value, kind, agent: agentId, profile: profile.value.id };
  return make(ctx, asked, { compatible: paymentData, withoutCall });
}

/** A telephone number may look like a card's; what is none is kept as text, and judged as that. */
const exemptOf = ({ CustomerPhoneNumber: number }: PaymentData): string[] =>
  number !== undefined && isPhone(number) && !isLong(number) ? ['paymentData.CustomerPhoneNumber'] : [];

/** Bare digits, as many as a card has: nothing says that they are a telephone's. */
const isLong = (text: string): boolean => !/^\s*(\+|00)/.test(text) && text.replace(/\D/g, '').length > 12;

async function make(
  ctx: Ctx,
  asked: object,
  options: { compatible: PaymentData; withoutCall: boolean },
): Promise<Told<CompatibleSession>> {
  const act = await preparePaymentSession(ctx, asked, options);
  if (!act.ok) return told(act);
  const made = await transact(ctx, async (tx) => {
    const session = await act.value({ ...ctx, tx });
    if (!session.ok) return session;
    const { id } = session.value;
    const row = await findPaymentSession(tx, { merchantId: ctx.merchantId, id });
    if (!row) throw new Error('the new session is not there');
    const { agentId, agentName, agentLine } = row;
    return ok({
      id,
      tokens: await issueSessionTokens(ctx, tx, { agentId, agentName, agentLine, sessionId: id }),
    });
  });
  if (!made.ok) return told(made);
  const { id, tokens } = made.value;
  const sessionGuid = guidOf(id);
  return {
    ok: true,
    value: {
      sessionGuid,
      iframeUrl: `${ctx.config.portalUrl}/agent-frame/session/${sessionGuid}`,
      agentAccessToken: tokens.accessToken,
      agentRefreshToken: tokens.refreshToken,
    },
  };
}

const guidOf = (id: string): string => uuidFromId('paymentSession', id) ?? id;
