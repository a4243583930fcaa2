import { randomBytes } from 'node:crypto';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { type AgentTokenRow, insertAgentToken } from '@/db/queries/agent-tokens';
import { findMerchant } from '@/db/queries/merchants';
import type { Ctx, Services } from '../context';
import { sha256 } from '../crypto';
import { audit } from '../events/audit';
import { newId } from '../ids';

/** Says to people and to scanners what a token opens. */
const PREFIXES = { access: 'cfa', refresh: 'cfr', launch: 'cfl' } as const;
type Kind = keyof typeof PREFIXES;
/** A refresh gives way to the next, but all of them together end after this time. */
const SECONDS: Record<Kind, number> = { access: 900, refresh: 43_200, launch: 300 };

/** Where a request came from. */
export type From = { requestId: string; address: string };
/** Whose tokens they are, and the one session that they are for; null: the agent's whole desk. */
export type Holder = Pick<AgentTokenRow, 'agentId' | 'agentName' | 'agentLine' | 'sessionId' | 'issuedBy'>;
export type AgentTokens = { accessToken: string; refreshToken: string; expiresInSeconds: number };

/** The hash to look a token up by, or null when it cannot be one of ours of this kind. */
export const readToken = (kind: Kind, token: string): string | null =>
  new RegExp(`^${PREFIXES[kind]}_[A-Za-z0-9_-]{43}$`).test(token) ? sha256(token) : null;

/** A new token of 256 random bits, noted in the audit. Only its hash is kept. */
export async function issue(
  ctx: Ctx,
  tx: Executor,
  kind: Kind,
  { agentId, agentName, agentLine, sessionId, issuedBy }: Holder,
  until?: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const { merchantId } = ctx;
  const token = `${PREFIXES[kind]}_${randomBytes(32).toString('base64url')}`;
  const values = { merchantId, id: newId('agentToken'), hash: sha256(token), kind, agentId, agentName };
  const life = { seconds: SECONDS[kind], ...(until && { until }) };
  const expiresAt = await insertAgentToken(tx, { ...values, agentLine, sessionId, issuedBy }, life);
  await audit(ctx, tx, 'agent_token.issue', values.id, { kind, agent: agentId, session: sessionId });
  return { token, expiresAt };
}

/** The API client of an act: who lets an agent in. */
export const issuerOf = ({ actor }: Ctx): string | null => (actor.kind === 'api_client' ? actor.id : null);

/** An access token and the refresh token that gets the next. Neither lasts beyond `until`. */
export async function issuePair(ctx: Ctx, tx: Executor, holder: Holder, until?: Date): Promise<AgentTokens> {
  const access = await issue(ctx, tx, 'access', holder, until);
  const refresh = await issue(ctx, tx, 'refresh', holder, until);
  return { accessToken: access.token, refreshToken: refresh.token, expiresInSeconds: SECONDS.access };
}

/** The agent's own act. */
export const ctxOf = (services: Services, token: AgentTokenRow, from: From): Ctx => {
  const { merchantId, agentId: id, agentName: name, agentLine: line, sessionId: session } = token;
  return { ...services, ...from, merchantId, actor: { kind: 'agent', id, name, line, session } };
};

export const BUTTON_OFF = refuse('forbidden', 'The payment button is switched off for this account.');

/** Refused where the merchant has no payment button. */
export async function requireButton(tx: Executor, merchantId: number): Promise<Outcome<true>> {
  return (await findMerchant(tx, merchantId))?.buttonEnabled ? ok(true) : BUTTON_OFF;
}
