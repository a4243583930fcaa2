import type { Executor } from '@/db/client';
import type { Ctx } from '../context';
import { type AgentTokens, type Holder, issuePair, issuerOf } from './internal';

/** The tokens with which an agent works at this payment session alone, issued in the transaction of who made it. */
export const issueSessionTokens = (
  ctx: Ctx,
  tx: Executor,
  holder: Omit<Holder, 'issuedBy'> & { sessionId: string },
): Promise<AgentTokens> => issuePair(ctx, tx, { ...holder, issuedBy: issuerOf(ctx) });
