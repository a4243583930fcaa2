export type { ReceiptEntry } from '@/db/queries/pay-page';
export { markOf } from './mark';
export {
  attemptOf,
  type Opened,
  openPayPage,
  ownLocale,
  type PayPage,
  passFor,
  payerCtx,
  type Question,
  type SentTo,
} from './open';
export { attemptText, codeForPayer, PAGE_STATUS, refusalText } from './outcome';
export { returnAddress } from './return';
export { samplePage } from './sample';
export type { PageState } from './state';
export { systemLinks } from './system';
export { BAD_TOKENS, CHECKS, CHECKS_OF_REFERENCE, PASSCODES, Throttle } from './throttle';
