import { type Outcome, ok, refuse } from '@/core/outcome';
import { findAccessToken } from '@/db/queries/agent-tokens';
import { resolveAgent } from '../agents';
import type { Ctx, Services } from '../context';
import { BUTTON_OFF, ctxOf, type From, readToken } from './internal';

const UNAUTHENTICATED = refuse('unauthenticated', 'Your time at this desk is over. Open it anew.');

/**
 * The act of the agent that holds this access token. The rows are read each time, so that an agent who is switched off, or
 * a button that is, is refused at once.
 */
export async function agentCtxFromBearer(
  services: Services,
  bearer: string,
  from: From,
): Promise<Outcome<Ctx>> {
  const hash = readToken('access', bearer);
  const found = hash && (await findAccessToken(services.db, hash));
  if (!found) return UNAUTHENTICATED;
  const { token, buttonEnabled } = found;
  if (!buttonEnabled) return BUTTON_OFF;
  const agent = await resolveAgent(services.db, token.merchantId, token.agentId);
  return agent.ok ? ok(ctxOf(services, token, from)) : agent;
}
