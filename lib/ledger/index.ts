export { listLedger } from './list';
