import type { Executor } from '@/db/client';
import { noteLetter } from '@/db/queries/password-links';

/** How the references of letters to staff begin, behind which stands the hash of their link, where they carry one. */
export const STAFF_REFERENCE = 'staff_';

/** Notes a mail server's report of a letter to staff: one that came back is told where its link is shown. */
export async function noteStaffLetter(tx: Executor, reference: string, failure: string | null) {
  if (failure !== null) await noteLetter(tx, reference.slice(STAFF_REFERENCE.length), failure);
}
