export { receiveSms } from './receive-sms';
export { liftNotedOptOut, noteOptOut } from './staff';
export { changeSubscription, readSubscription, type Subscription } from './unsubscribe';
