import * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { deleteTokensOfSpent, findJustSpent, spendAgentToken } from '@/db/queries/agent-tokens';
import { resolveAgent } from '../agents';
import type { Services } from '../context';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { ctxOf, type From, issuePair, readToken, requireButton } from './internal';

const exchangeInput = z.union([
  z.strictObject({ launch: z.string().max(100) }),
  z.strictObject({ refresh: z.string().max(100) }),
]);
/** A page that asks twice at once, or whose answer was lost, is no thief. */
const RACE_SECONDS = 10;

export type ExchangedTokens = { accessToken: string; refreshToken: string; expiresIn: number };

const GONE = refuse('unauthenticated', 'This was used already, or its time is over. Open the desk anew.');

/**
 * Tokens for a launch or a refresh, each of which is good once; a refresh once more within seconds, for its answer may have been
 * lost. One that comes again later was copied by somebody: it ends all tokens of that agent for that desk or session.
 * What is refused for another reason is not spent.
 */
export async function exchangeAgentToken(
  services: Services,
  raw: unknown,
  from: From,
): Promise<Outcome<ExchangedTokens>> {
  const parsed = parseInput(exchangeInput, raw);
  if (!parsed.ok) return parsed;
  const given = parsed.value;
  const hash = 'launch' in given ? readToken('launch', given.launch) : readToken('refresh', given.refresh);
  if (!hash) return GONE;
  const outcome = await transact(services, (tx) => spend(services, tx, hash, from));
  if (outcome === GONE) await endCopied(services, hash, from);
  return outcome;
}

async function spend(
  services: Services,
  tx: Executor,
  hash: string,
  from: From,
): Promise<Outcome<ExchangedTokens>> {
  const spent = (await spendAgentToken(tx, hash)) ?? (await findJustSpent(tx, hash, RACE_SECONDS));
  if (!spent) return GONE;
  const ctx = ctxOf(services, spent, from);
  const button = await requireButton(tx, ctx.merchantId);
  if (!button.ok) return button;
  const agent = await resolveAgent(tx, ctx.merchantId, spent.agentId);
  if (!agent.ok) return agent;
  const until = spent.kind === 'refresh' ? spent.expiresAt : undefined;
  const { expiresInSeconds, ...tokens } = await issuePair(ctx, tx, spent, until);
  return ok({ ...tokens, expiresIn: expiresInSeconds });
}

async function endCopied(services: Services, hash: string, from: From): Promise<void> {
  await services.db.transaction(async (tx) => {
    const copied = await deleteTokensOfSpent(tx, hash, RACE_SECONDS);
    if (copied) await audit(ctxOf(services, copied, from), tx, 'agent_token.reused', copied.id);
  });
}
