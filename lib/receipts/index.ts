export { resendReceipt } from './send';
export { present, type Receipt, receiptOf } from './words';
