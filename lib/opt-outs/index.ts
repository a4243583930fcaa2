export { receiveSms } from './receive-sms';
export { changeSubscription, readSubscription, type Subscription } from './unsubscribe';
