export { receiveSms } from './receive-sms';
