export { previewPaymentLinkBatch } from './preview';
export { listBatchErrors, listPaymentLinkBatches, readPaymentLinkBatch } from './read';
export {
  type BatchBody,
  dropPaymentLinkBatch,
  receivePaymentLinkBatch,
  startPaymentLinkBatch,
} from './receive';
export { exportRefusedRows } from './refused-rows';
export { runPaymentLinkBatch } from './run';
