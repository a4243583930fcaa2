'use client';
import { useState } from 'react';
import type { Outcome } from '@/core/outcome';

type Versioned<T> = {
  /** As it was when the form was opened. */
  seen: T;
  /** Somebody else has changed it since, and was told of. */
  conflict: boolean;
  /**
   * Sends a change of the version that was seen; after a conflict of the newest, which the person has been shown beside
   * their own words.
   */
  change: <R>(send: (version: number) => Promise<Outcome<R>>) => Promise<Outcome<R>>;
};

/** A form's change says which version it is of, so that nobody overwrites unseen what somebody else has written. */
export function useVersion<T extends { version: number }>(now: T): Versioned<T> {
  const [seen] = useState(now);
  const [conflict, setConflict] = useState(false);
  return {
    seen,
    conflict,
    change: async (send) => {
      const outcome = await send(conflict ? now.version : seen.version);
      if (!outcome.ok && outcome.error.code === 'version_mismatch') setConflict(true);
      return outcome;
    },
  };
}
