export { applyNotification } from './apply';
export {
  type HeldNotification,
  ignoreNotification,
  listQuarantine,
  reapplyNotification,
} from './operate';
export { receiveNotification } from './receive';
