export {
  type Beginning,
  type Begun,
  beginSignIn,
  beginStepUp,
  beginTry,
  isServed,
} from './begin';
export { type Finished, finishRound, ROUND_SECONDS } from './finish';
export { readSingleSignOn, readTried, saveSingleSignOn } from './settings';
