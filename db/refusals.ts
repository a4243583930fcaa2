/** The codes of an error and of its causes, outermost first. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [...own, ...('cause' in error ? codesOf(error.cause) : [])];
}

/** True for PostgreSQL's "lock not available": another transaction is at work on the same row. */
export const isLockTimeout = (error: unknown): boolean => codesOf(error).includes('55P03');

const AWAY = /^(CONNECTION_\w+|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|08\w{3}|53\w{3}|57P0[1-4]|58\w{3})$/;

/** True where the database cannot work now: it is away, going down, full, or has no connection left. */
export const isDatabaseAway = (error: unknown): boolean => codesOf(error).some((code) => AWAY.test(code));
