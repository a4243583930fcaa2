import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { readNow } from '@/db/clock';
import { listGatewayAccounts } from '@/db/queries/gateway-accounts';
import { insertNotification } from '@/db/queries/gateway-notifications';
import { findAnyProfile } from '@/db/queries/merchants';
import type { Services } from '../context';
import { type NotificationFact, readNotification } from '../gateways';
import { gatewayCtx } from '../system';
import { transact } from '../transact';
import { scheduleNotification } from './wake';

const attemptOf = (fact: NotificationFact): string | null =>
  'attempt' in fact && isId('paymentAttempt', fact.attempt) ? fact.attempt : null;

/**
 * A gateway tells something to one of our profiles. The bytes are verified first; what it says is committed in our words
 * together with the job that applies it, and only then acknowledged. An account that the profile no longer uses may still
 * tell of what was begun with it. The same notification again changes nothing. An unknown
 * profile and a wrong signature are refused alike.
 */
export async function receiveNotification(
  services: Services,
  requestId: string,
  message: { profile: string; headers: Readonly<Record<string, string>>; body: string },
): Promise<Outcome<'stored' | 'known'>> {
  const refused = refuse('unauthenticated', 'This is not a notification of a gateway of ours.');
  const { profile: profileId, headers, body } = message;
  const profile = isId('profile', profileId) && (await findAnyProfile(services.db, profileId));
  if (!profile) return refused;
  const now = await readNow(services.db);
  const told = (await listGatewayAccounts(services.db, profile))
    .map((account) => ({ account, note: readNotification(services.config, account, headers, body, now) }))
    .find(({ note }) => note !== null);
  if (!told?.note) return refused;
  const { account, note: notification } = told;
  const { merchantId } = profile;
  const ctx = gatewayCtx(services, merchantId, requestId);
  return transact(ctx, async (tx) => {
    const key = { merchantId, profileId, gatewayId: notification.id };
    const isNew = await insertNotification(tx, {
      ...key,
      gatewayAccountId: account.id,
      type: notification.type,
      payload: JSON.stringify(notification.fact),
      paymentAttemptId: attemptOf(notification.fact),
    });
    if (!isNew) return ok('known');
    await scheduleNotification(tx, key, 0);
    return ok('stored');
  });
}
