import type { TelephonyAccountRow } from '@/db/queries/telephony-accounts';
import type { Config } from '../context';
import { seal, unseal } from '../crypto';
import type { Telephony, TelephonyNotification, TelephonyNotificationReader } from './port';
import { readSandboxCallNews, sandboxTelephony } from './sandbox';

export type {
  ResumeResult,
  SecureResult,
  SuspendResult,
  Telephony,
  TelephonyCall,
  TelephonyCapabilities,
  TelephonyFact,
  TelephonyNotification,
} from './port';

type Account = Pick<TelephonyAccountRow, 'merchantId' | 'id'>;
export const telephonyContext = (what: 'secret' | 'notification', { merchantId, id }: Account) =>
  `telephony_${what}:${merchantId}:${id}`;

/** The secrets of an account as its row keeps them: the provider's key, and what its notifications are signed with. */
export const sealTelephonySecrets = (
  config: Config,
  account: Account,
  plain: { secret: string; notificationSecret: string },
) => ({
  secret: seal(config.dataKey, plain.secret, telephonyContext('secret', account)),
  notificationSecret: seal(
    config.dataKey,
    plain.notificationSecret,
    telephonyContext('notification', account),
  ),
});

/** Where an account's provider tells of its calls. */
const newsUrl = (config: Config, { id }: Account): string =>
  `${config.portalUrl}/api/inbound/telephony/${id}`;

/** The adapter of an account's provider. */
export function telephonyFor(config: Config, account: TelephonyAccountRow): Telephony {
  const secret = unseal(config.dataKey, account.secret, telephonyContext('secret', account));
  switch (account.kind) {
    case 'sandbox':
      return sandboxTelephony(account.url, secret, newsUrl(config, account));
  }
}

const READERS: Record<TelephonyAccountRow['kind'], TelephonyNotificationReader> = {
  sandbox: readSandboxCallNews,
};

/** A notification of an account's provider, if its secret signed these bytes within five minutes of `now`; else null. */
export function readCallNews(
  config: Config,
  account: TelephonyAccountRow,
  headers: Readonly<Record<string, string>>,
  body: string,
  now: Date,
): TelephonyNotification | null {
  const secret = unseal(
    config.dataKey,
    account.notificationSecret,
    telephonyContext('notification', account),
  );
  return READERS[account.kind](secret, headers, body, now, newsUrl(config, account));
}
