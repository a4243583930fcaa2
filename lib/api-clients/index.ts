export { apiClientCtx, UNAUTHENTICATED } from './act';
export { createOAuthClient } from './create-client';
export { createApiKey } from './create-key';
export {
  issueToken,
  type OAuthError,
  type ScopeBundle,
  type TokenAnswer,
  type TokenRequest,
} from './issue-token';
export { listApiKeys, listOAuthClients } from './list';
export { revokeOAuthClient } from './revoke-client';
export { revokeApiKey } from './revoke-key';
export { rotateApiKey } from './rotate-key';
export { rotateClientSecret } from './rotate-secret';
export { type Allowance, takeRequest } from './throttle';
