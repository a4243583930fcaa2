export { cancelSession, readPaymentSession, requestField, submitSession } from './acts';
export { createPaymentSession, preparePaymentSession, type SessionOptions } from './create';
export { driveSession, watchSession } from './drive';
export { receiveCallNews } from './news';
export { recordKeypad } from './report';
export { prepareSwitch, switchSession } from './switch';
