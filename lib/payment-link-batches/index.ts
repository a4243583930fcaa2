export { listBatchErrors, readPaymentLinkBatch } from './read';
export {
  type BatchBody,
  dropPaymentLinkBatch,
  receivePaymentLinkBatch,
  startPaymentLinkBatch,
} from './receive';
export { runPaymentLinkBatch } from './run';
