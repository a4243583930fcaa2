/** The installation of a folder, for commands beside it: its database, and its keys as its processes get them. */
import { connect } from '@/db/client';
import { configFrom, type Services } from '@/lib/context';
import { createLogger } from '@/lib/log';
import { type Config, readConfig } from './config';
import { databaseUrlOf } from './first-run';
import { loadSecrets, type Secrets } from './secrets';

export type Installation = { config: Config; secrets: Secrets; services: Services };

/** Opens it for as long as `work` lasts. */
export async function onInstallation<T>(root: string, work: (open: Installation) => Promise<T>): Promise<T> {
  const config = readConfig(root, false);
  const url = databaseUrlOf(config);
  const secrets = loadSecrets(config);
  const { db, close } = connect(url, { max: 1 });
  try {
    const services = {
      db,
      log: createLogger('verify', 'silent'),
      config: configFrom({
        COUNTERFOIL_MODE: config.mode,
        DATABASE_URL: url,
        DATABASE_POOLED: false,
        PORTAL_URL: config.urls.portal,
        CARD_URL: config.urls.card,
        PAY_ORIGINS: '',
        CHALLENGE_ORIGINS: '',
        LINK_TOKEN_KEYS: secrets.LINK_TOKEN_KEYS,
        DATA_ENCRYPTION_KEY: secrets.DATA_ENCRYPTION_KEY,
        EGRESS_ALLOW: '',
        CF_WATCH_PARENT: false,
        LOG_LEVEL: 'silent',
      }),
    };
    return await work({ config, secrets, services });
  } finally {
    await close();
  }
}
