export { isSecure, sessionCookieValue, sessionIdFrom, staffCookies } from './cookies';
export { type AuthParts, authOptions } from './options';
export { type SetPassword, setPassword } from './password-link';
export { MIN_CHARACTERS } from './password-rules';
export { ABSOLUTE_SECONDS, endSession, type LiveSession, liveSession, STEP_UP_SECONDS } from './session';
export { type SignInTry, signIn, stepUp } from './sign-in';
