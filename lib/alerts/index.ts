export { listAlerts } from './list';
export { settleAlert } from './settle';
