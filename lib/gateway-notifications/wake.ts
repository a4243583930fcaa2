import type { Executor } from '@/db/client';
import { listWaiting, type NotificationKey } from '@/db/queries/gateway-notifications';
import { addJob } from '@/db/queries/jobs';

/** One job per notification applies it. */
export const scheduleNotification = (
  tx: Executor,
  { merchantId, profileId, gatewayId }: NotificationKey,
  delaySeconds: number,
): Promise<void> =>
  addJob(
    tx,
    'apply_notification',
    { merchantId, profile: profileId, notification: gatewayId },
    { delaySeconds, key: notificationJob(profileId, gatewayId) },
  );

export const notificationJob = (profileId: string, gatewayId: string): string =>
  `notification:${profileId}:${gatewayId}`;

/** Something has moved about an attempt: what waits for that is tried at once. */
export async function wakeNotifications(
  tx: Executor,
  attempt: { merchantId: number; id: string },
): Promise<void> {
  for (const key of await listWaiting(tx, attempt.merchantId, attempt.id))
    await scheduleNotification(tx, key, 0);
}
