export { agentCtxFromBearer } from './authenticate';
export { type ExchangedTokens, exchangeAgentToken } from './exchange';
export type { AgentTokens } from './internal';
export { issueSessionTokens } from './issue-for-session';
export { issueAgentLaunch } from './issue-launch';
