export { type Answered, answerChallenge } from './answer';
export { type PasscodeSent, sendPasscode } from './send-passcode';
