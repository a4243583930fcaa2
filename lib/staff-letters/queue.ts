import type { Executor } from '@/db/client';
import { addJob } from '@/db/queries/jobs';
import type { Ctx } from '../context';
import { seal } from '../crypto';
import type { StaffLetter } from '../messaging/staff-letter';

/** Binds a sealed secret to the one link that it opens. */
export const sealedFor = (hash: string): string => `password_link ${hash}`;

/**
 * Puts a letter to a member of staff on its way, in the transaction that asked for it. The secret of the link that it carries
 * waits sealed, and goes with the job: no row keeps it.
 */
export async function queueStaffLetter(
  { merchantId, config }: Pick<Ctx, 'merchantId' | 'config'>,
  tx: Executor,
  user: string,
  letter: StaffLetter,
  link?: { secret: string; hash: string },
): Promise<void> {
  const carried = link && {
    link: link.hash,
    secret: seal(config.dataKey, link.secret, sealedFor(link.hash)),
  };
  await addJob(tx, 'send_staff_letter', { merchantId, user, letter, ...carried });
}
