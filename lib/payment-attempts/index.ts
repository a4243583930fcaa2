export { recordAttemptResult } from './record-result';
export { resolveAttempt } from './resolve';
export { startPaymentAttempt } from './start';
export { cardCtx, submitPaymentAttempt } from './submit';
