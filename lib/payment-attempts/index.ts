export { bankCheckOf, takeOverBankCheck } from './bank-check';
export { capturePayment, voidPayment } from './capture';
export { type Decided, decideAttempt } from './decide';
export { recordAttemptResult } from './record-result';
export { resolveAttempt } from './resolve';
export { reverseAttempt } from './reverse';
export { startPaymentAttempt } from './start';
export { cardCtx, submitPaymentAttempt } from './submit';
export { withdrawPaymentAttempt } from './withdraw';
