export {
  attemptOf,
  type Opened,
  openPayPage,
  PAGE_STATES,
  type PageState,
  type PayPage,
  payerCtx,
} from './open';
export { attemptText, PAGE_STATUS, refusalText } from './outcome';
export { BadTokenThrottle } from './throttle';
