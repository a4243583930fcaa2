import type { Executor } from '@/db/client';
import { deleteTokensOfAgent } from '@/db/queries/agent-tokens';
import { endPendingSignInsOf } from '@/db/queries/factor-tries';
import { endSessionsOf } from '@/db/queries/sessions';

/** Ends at once whatever a user has open: sessions, but for `except`, sign-ins that wait, and desks inside other systems' pages. */
export async function endAccess(
  tx: Executor,
  user: { merchantId: number; id: string },
  except?: string,
): Promise<number> {
  await deleteTokensOfAgent(tx, user.merchantId, user.id);
  await endPendingSignInsOf(tx, user);
  return endSessionsOf(tx, user, { except });
}
