import { type Outcome, ok, refuse } from '@/core/outcome';
import { resolveAgent } from '../agents';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type AgentLaunch, createAgentLaunchInput } from '../contracts/agent-launches';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { issue, issuerOf, requireButton } from './internal';

/**
 * An address that opens the agent's desk in a frame of the merchant's own system, once, within five minutes. What opens it
 * stands behind the #, which browsers send to nobody. A machine says who its agent is; a person is who they are.
 */
export async function issueAgentLaunch(ctx: Ctx, raw: unknown): Promise<Outcome<AgentLaunch>> {
  const allowed = authorize(ctx, 'payment_sessions:create');
  if (!allowed.ok) return allowed;
  if (ctx.actor.kind !== 'api_client') return refuse('forbidden', 'Only an API client opens a desk.');
  const parsed = parseInput(createAgentLaunchInput, raw);
  if (!parsed.ok) return parsed;
  const { agent: called, call, reference } = parsed.value;
  return transact(ctx, async (tx) => {
    const button = await requireButton(tx, ctx.merchantId);
    if (!button.ok) return button;
    const agent = await resolveAgent(tx, ctx.merchantId, called);
    if (!agent.ok) return agent;
    const { id, name, line } = agent.value;
    const holder = {
      agentId: id,
      agentName: name,
      agentLine: line,
      sessionId: null,
      issuedBy: issuerOf(ctx),
    };
    const { token, expiresAt } = await issue(ctx, tx, 'launch', holder);
    const url = new URL('/agent-frame', ctx.config.portalUrl);
    if (call) url.searchParams.set('call', call);
    if (reference) url.searchParams.set('reference', reference);
    url.hash = `launch=${token}`;
    const made = { object: 'agent_launch', agent: { id, name }, url: url.href } as const;
    return ok({ ...made, expiresAt: expiresAt.toISOString() });
  });
}
