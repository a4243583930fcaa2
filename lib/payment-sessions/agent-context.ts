import { CURRENCIES } from '@/core/money';
import { type Outcome, ok } from '@/core/outcome';
import { findMerchant, findUserCalled, listProfiles } from '@/db/queries/merchants';
import { type Agent, resolveAgent } from '../agents';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { listLookupChoices } from '../form-lookups';
import { isAdmitted } from '../gateways';
import type { TelephonyCall, TelephonyCapabilities } from '../telephony';
import { executor } from '../transact';
import { findCall, telephonyOf } from './call';
import { findSession } from './internal';

/** What the agent's desk has to know before anything is pressed. */
export type AgentContext = {
  agent: { id: string; name: string };
  merchant: { name: string; timeZone: string; locale: string };
  /** In which times are shown: the person's own, else the merchant's. */
  timeZone: string;
  profiles: { id: string; name: string; isDefault: boolean; moto: boolean; lookup: boolean }[];
  currencies: { common: string[]; other: string[] };
  defaultCurrency: string;
  /** Null where no telephony is connected. */
  capabilities: TelephonyCapabilities | null;
  /** `session`: this desk was opened for that one payment session. */
  scope: 'desk' | 'session';
  session: string | null;
};

/** The currencies that stand first in a list of all. */
export const COMMON_CURRENCIES = ['GBP', 'EUR', 'USD', 'CHF', 'AUD', 'CAD', 'JPY', 'PLN'];

/** Who is at the desk. Refused where the payment button is switched off for merchant or person. */
async function atDesk(ctx: Ctx): Promise<Outcome<Agent>> {
  const { actor } = ctx;
  if (actor.kind === 'agent') return ok({ id: actor.id, name: actor.name, line: actor.line });
  return resolveAgent(executor(ctx), ctx.merchantId, 'id' in actor ? actor.id : '');
}

export async function readAgentContext(ctx: Ctx): Promise<Outcome<AgentContext>> {
  const allowed = authorize(ctx, 'payment_sessions:create');
  if (!allowed.ok) return allowed;
  const agent = await atDesk(ctx);
  if (!agent.ok) return agent;
  const tx = executor(ctx);
  const [merchant, user, profiles, lookups, telephony] = await Promise.all([
    findMerchant(tx, ctx.merchantId),
    findUserCalled(tx, ctx.merchantId, agent.value.id),
    listProfiles(tx, ctx.merchantId),
    listLookupChoices(ctx),
    telephonyOf(ctx),
  ]);
  if (!merchant) throw new Error('a merchant is never missing behind its agent');
  const usable = profiles.filter(
    ({ gateway, buttonEnabled }) => buttonEnabled && isAdmitted(ctx.config, gateway),
  );
  const looked = lookups.ok ? lookups.value : [];
  const session = ctx.actor.kind === 'agent' ? ctx.actor.session : null;
  return ok({
    agent: { id: agent.value.id, name: agent.value.name },
    merchant: { name: merchant.name, timeZone: merchant.timeZone, locale: merchant.locale },
    timeZone: user?.timeZone ?? merchant.timeZone,
    profiles: usable.map(({ id, name, isDefault, moto }) => ({
      ...{ id, name, isDefault, moto },
      lookup: looked.includes(id),
    })),
    currencies: {
      common: COMMON_CURRENCIES,
      other: CURRENCIES.filter((code) => !COMMON_CURRENCIES.includes(code)),
    },
    defaultCurrency: COMMON_CURRENCIES[0] ?? 'GBP',
    capabilities: telephony?.line.capabilities ?? null,
    scope: session === null ? 'desk' : 'session',
    session,
  });
}

export type AgentCall = {
  call: Pick<TelephonyCall, 'id' | 'leg' | 'direction' | 'customerPhone' | 'state'> | null;
  problem: string | null;
};

/** The call that this agent is on, or the one named; with why there is none. Asked at the provider. */
export async function readAgentCall(ctx: Ctx, call?: string): Promise<Outcome<AgentCall>> {
  const allowed = authorize(ctx, 'payment_sessions:create');
  if (!allowed.ok) return allowed;
  const agent = await atDesk(ctx);
  if (!agent.ok) return agent;
  const own = ctx.actor.kind === 'agent' ? ctx.actor.session : null;
  const session = own === null ? null : await findSession(ctx, executor(ctx), own);
  if (session && !session.ok) return session;
  // A desk for one session asks for the call of that one alone.
  const named = session ? (session.value.callId ?? undefined) : call;
  const found = await findCall(ctx, { call: named, agentLine: agent.value.line });
  if (!found.ok) return ok({ call: null, problem: found.error.message });
  const { id, leg, direction, customerPhone, state } = found.value.call;
  return ok({ call: { id, leg, direction, customerPhone, state }, problem: null });
}
