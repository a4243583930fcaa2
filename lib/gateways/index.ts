import type { SubmitGrant } from '@/core/card-ticket';
import type { GatewayAccountRow } from '@/db/queries/gateway-accounts';
import type { Config } from '../context';
import { seal, unseal } from '../crypto';
import type { Gateway, Notification, NotificationReader } from './port';
import { sandboxGateway } from './sandbox';
import { readSandboxNotification } from './sandbox-notifications';

export { isAdmitted } from './admitted';
export type { Expected, FenceResult, Gateway, NotificationFact, ReadResult } from './port';

export const gatewayContext = (merchantId: number, profileId: string) =>
  `gateway_secret:${merchantId}:${profileId}`;

/** A gateway's API key as it is kept in the row of a profile's account. */
export const sealGatewaySecret = (
  config: Config,
  merchantId: number,
  profileId: string,
  secret: string,
): string => seal(config.dataKey, secret, gatewayContext(merchantId, profileId));

/** Where and with which key to reach an account's gateway. In memory only, for one call. */
export const credentials = (config: Config, account: GatewayAccountRow): SubmitGrant['gateway'] => ({
  kind: account.gateway,
  url: account.gatewayUrl,
  apiKey: unseal(
    config.dataKey,
    account.gatewaySecret,
    gatewayContext(account.merchantId, account.profileId),
  ),
  account: account.profileId,
});

export const notificationContext = (merchantId: number, profileId: string) =>
  `notification_secret:${merchantId}:${profileId}`;

/** The secrets of a gateway's notifications as they are kept in its account's row: one, or two with a space while they rotate. */
export const sealNotificationSecret = (
  config: Config,
  merchantId: number,
  profileId: string,
  secrets: string,
): string => seal(config.dataKey, secrets, notificationContext(merchantId, profileId));

/** The secrets that verify an account's notifications, the newest first. */
export const notificationSecrets = (config: Config, account: GatewayAccountRow): string[] =>
  account.notificationSecret === null
    ? []
    : unseal(
        config.dataKey,
        account.notificationSecret,
        notificationContext(account.merchantId, account.profileId),
      ).split(' ');

const READERS: Record<GatewayAccountRow['gateway'], NotificationReader> = {
  sandbox: readSandboxNotification,
};

/** A notification from an account, if one of its secrets signed these bytes within five minutes of `now`; else null. */
export function readNotification(
  config: Config,
  account: GatewayAccountRow,
  headers: Readonly<Record<string, string>>,
  body: string,
  now: Date,
): Notification | null {
  for (const secret of notificationSecrets(config, account)) {
    const notification = READERS[account.gateway](secret, headers, body, now);
    if (notification) return notification;
  }
  return null;
}

/** The portal-side adapter of an account's gateway. */
export function gatewayFor(config: Config, account: GatewayAccountRow): Gateway {
  const { url, apiKey } = credentials(config, account);
  switch (account.gateway) {
    case 'sandbox':
      return sandboxGateway(url, apiKey);
  }
}
