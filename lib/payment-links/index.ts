export { cancelPaymentLink } from './cancel';
export { createPaymentLink } from './create';
export { listPaymentLinks } from './list';
export { recordOpened } from './open';
export {
  type DeliveryView,
  type LinkHistory,
  listPaymentAttempts,
  readLinkHistory,
  readPaymentLink,
  type TimelineEvent,
} from './read';
export { sendPaymentLink } from './send';
