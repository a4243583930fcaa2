export { queueMessage } from './queue';
export { recordMessageOutcome } from './record-outcome';
export { SendAgain, sendMessage } from './send';
export { messageView } from './view';
