export { Press } from './press';
export { isWritable } from './scripts';
export { resendReceipt } from './send';
export { present, type Receipt, receiptOf } from './words';
