export { changePassword } from './change-password';
export {
  isSecure,
  roundCookie,
  sessionCookieValue,
  sessionIdFrom,
  staffCookies,
  waitingCookie,
} from './cookies';
export {
  addApp,
  addPasskey,
  askApp,
  askOwnPasskey,
  newRecoveryCodes,
  type OwnFactors,
  type OwnPasskey,
  readFactors,
  removeApp,
  removePasskey,
  renamePasskey,
} from './factors/own';
export { hasPasskeys } from './factors/passkey';
export { resetFactors } from './factors/reset';

export { type AuthParts, authOptions } from './options';
export { endOwnSessions, listOwnSessions, type OwnSession } from './own-sessions';
export { type SetPassword, setPassword } from './password-link';
export { MIN_CHARACTERS } from './password-rules';
export { askPasswordReset } from './reset';
export {
  askSecondStep,
  askSignIn,
  enterCode,
  enterPasskey,
  finishSetUp,
  PENDING_SECONDS,
  type SecondStep,
  secondStep,
  settingUp,
  signInWithPasskey,
} from './second-step';
export { ABSOLUTE_SECONDS, endSession, type LiveSession, liveSession, STEP_UP_SECONDS } from './session';
export { type SignedIn, type SignInTry, signIn } from './sign-in';
export { askStepUp, type ProofWays, proofWays, stepUp, stepUpWithPasskey } from './step-up';
export { saveTimeZone } from './time-zone';
