import { type Connection, connect } from '@/db/client';

export type { Connection };

/** The pool of a process, from its environment. */
export const openDatabase = (env: { DATABASE_URL: string; DATABASE_POOLED: boolean }, max = 10): Connection =>
  connect(env.DATABASE_URL, { max, pooled: env.DATABASE_POOLED });
