export { isSecure, sessionCookieValue, sessionIdFrom, staffCookies } from './cookies';
export { type AuthParts, authOptions } from './options';
export { ABSOLUTE_SECONDS, endSession, type LiveSession, liveSession } from './session';
export { type SignInTry, signIn } from './sign-in';
