/** The database's failures that a person can mend, as one sentence each; null for any other error. */
export function databaseSentence(error: unknown, databaseUrl: string): string | null {
  const code = firstCode(error);
  const { host, pathname, username } = new URL(databaseUrl);
  const name = decodeURIComponent(pathname.slice(1));
  switch (code) {
    case 'ECONNREFUSED':
    case 'CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ECONNRESET':
    case 'CONNECTION_CLOSED':
      return `No PostgreSQL answers at ${host}: start it, or correct DATABASE_URL (leave it out to use the built-in one).`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host of DATABASE_URL, ${host}, cannot be found: correct it.`;
    case '28P01':
    case '28000':
      return `PostgreSQL at ${host} refuses the user "${decodeURIComponent(username)}": correct user and password in DATABASE_URL.`;
    case '3D000':
      return `PostgreSQL at ${host} has no database "${name}": create it, or correct DATABASE_URL.`;
    case '42501':
      return `The user "${decodeURIComponent(username)}" may not create tables in "${name}": make it the database's owner.`;
    case '53300':
      return `PostgreSQL at ${host} has no free connection: raise its max_connections.`;
    default:
      return null;
  }
}

/** Drivers wrap each other's errors: the first code down the chain of causes. */
function firstCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return firstCode(error.cause);
}
