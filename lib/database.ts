import { type Connection, connect } from '@/db/client';
import { openSignal as open, type Signal } from '@/db/signal';

export type { Connection, Signal };

/** The pool of a process, from its environment. */
export const openDatabase = (env: { DATABASE_URL: string; DATABASE_POOLED: boolean }, max = 10): Connection =>
  connect(env.DATABASE_URL, { max, pooled: env.DATABASE_POOLED });

/** Hints between the processes of an installation. A pooler passes none on: they go to the direct address. */
export const openSignal = (env: { DATABASE_URL: string; DATABASE_DIRECT_URL?: string | undefined }): Signal =>
  open(env.DATABASE_DIRECT_URL ?? env.DATABASE_URL);
