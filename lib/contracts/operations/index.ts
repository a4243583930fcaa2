import { AGENT_LAUNCH_OPERATIONS } from './agent-launches';
import { BATCH_OPERATIONS } from './batches';
import { DELIVERY_OPERATIONS } from './deliveries';
import { MONEY_OPERATIONS } from './money';
import type { Operation } from './operation';
import { PAYMENT_LINK_OPERATIONS } from './payment-links';
import { PAYMENT_SESSION_OPERATIONS } from './payment-sessions';
import { REQUEST_OPERATIONS } from './requests';
import { SYSTEM_OPERATIONS } from './system';
import { WEBHOOK_OPERATIONS } from './webhooks';

export { type Method, type Operation, problemsOf, takesKey } from './operation';

/** The whole API: one entry for each method of each path. A test holds it against the routes. */
export const OPERATIONS: readonly Operation[] = [
  ...PAYMENT_LINK_OPERATIONS,
  ...BATCH_OPERATIONS,
  ...MONEY_OPERATIONS,
  ...PAYMENT_SESSION_OPERATIONS,
  ...AGENT_LAUNCH_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...DELIVERY_OPERATIONS,
  ...REQUEST_OPERATIONS,
  ...SYSTEM_OPERATIONS,
];

/** The groups of the reference, in its order. */
export const TAGS: Record<string, string> = {
  'Payment links': 'A debt that a customer pays at an address.',
  Batches: 'Many links by one request, and many links in one file.',
  Refunds: 'Money that goes back.',
  Ledger: 'Money that moved, for reconciliation.',
  'Payment sessions': 'Payments that an agent takes during a call.',
  'Webhook endpoints': 'Addresses of yours that are told what happens.',
  Events: 'What happened, and what became of telling it.',
  Requests: 'What your systems asked, and what they were answered.',
  Authentication: 'Access tokens by OAuth 2.',
  'This document': 'The API as OpenAPI 3.1.',
};

export const API_ROOT = '/api/v1';
const escaped = (path: string): string => path.replaceAll('.', '\\.');
const MATCHERS = OPERATIONS.map((operation) => ({
  operation,
  pattern: new RegExp(
    `^${(operation.root ? '' : API_ROOT) + escaped(operation.path).replace('{id}', '[^/]+')}$`,
  ),
}));

/** The operation that a request asks for, if there is one. */
export const operationOf = (method: string, pathname: string): Operation | undefined =>
  MATCHERS.find((one) => one.operation.method === method && one.pattern.test(pathname))?.operation;
