import { isEnd } from '@/core/payment-session';
import type { AgentBoardRow } from '@/lib/payment-sessions';

/** What comes next for a payment of an agent's own, and where: at its session, or on its link's page. */
export function nextAct({ session, link }: AgentBoardRow): { label: string; at: 'session' | 'link' } {
  if (link.asksAnew) return { label: 'Decide on a new link', at: 'link' };
  if (link.status === 'locked') return { label: 'Unlock', at: 'link' };
  if (link.status === 'expired') return { label: 'Issue anew', at: 'link' };
  if (!session) return { label: 'Open', at: 'link' };
  if (session.state === 'ready') return { label: 'Take the payment', at: 'session' };
  const isOpen = link.status === 'active' || link.status === 'partially_paid';
  if (isEnd(session.state)) return { label: isOpen ? 'Go on' : 'Result', at: 'session' };
  return { label: session.kind === 'agent_assist' ? 'Go on' : 'Watch', at: 'session' };
}
