/** Agents of a merchant's own system, and the sessions that they take payments in. */
import { uuidFromId } from '@/core/ids';
import { exchangeAgentToken, issueAgentLaunch, issueSessionTokens } from '@/lib/agent-tokens';
import { createPaymentSession } from '@/lib/payment-sessions';
import { fresh, machine, must, type Site } from './links';

/** A payment session of this agent, by link. */
export async function session({ merchant }: Site, agent: string) {
  const wish = {
    kind: 'digital',
    agent,
    amountMinor: 1240,
    currency: 'GBP',
    reference: fresh(merchant.mark),
  };
  const made = await createPaymentSession(machine(merchant), {
    ...wish,
    customer: { phone: '+447700900123' },
  });
  const { id } = must(made);
  return { id, guid: uuidFromId('paymentSession', id) ?? '' };
}

export async function launch({ merchant }: Site) {
  const { url } = must(await issueAgentLaunch(machine(merchant), { agent: merchant.people.agent }));
  return { launch: url.slice(url.indexOf('launch=') + 7) };
}

/** The tokens of an agent at their whole desk. */
export async function deskTokens(site: Site) {
  const from = { requestId: 'req_made', address: '127.0.0.1' };
  return must(await exchangeAgentToken(site.merchant.owner, await launch(site), from));
}

/** The tokens of an agent who was let in for one session. */
export async function sessionTokens({ merchant }: Site, sessionId: string) {
  const agent = merchant.people.agent;
  const holder = { agentId: agent, agentName: 'agent', agentLine: 'agent', sessionId };
  return issueSessionTokens(machine(merchant), merchant.owner.db, holder);
}
