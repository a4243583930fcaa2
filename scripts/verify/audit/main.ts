/** Holds the audit trail of an installation against its chain. Called by scripts/verify-audit.mjs in its own process. */
import { connect } from '@/db/client';
import { verifyAudit } from '@/lib/audit';
import { configFrom } from '@/lib/context';
import { createLogger } from '@/lib/log';
import { readConfig } from '../../launcher/config';
import { databaseUrlOf } from '../../launcher/first-run';
import { Halt } from '../../launcher/halt';
import { loadSecrets } from '../../launcher/secrets';

/** `roots`: `2026-11-28=<hex>` each, as the log has them. `isStopped`: nothing runs, so that the end may be old. */
type Wish = { root: string; roots: readonly string[]; isStopped: boolean };

function rootsOf(texts: readonly string[]): Map<string, string> {
  const pairs = texts.map((text): [string, string] => {
    const [, day, mac] = /^(\d{4}-\d\d-\d\d)=([0-9a-f]{64})$/.exec(text) ?? [];
    if (!day || !mac)
      throw new Halt(`"${text}" is no root: write it as the log has it, like 2026-11-28=<64 hex digits>.`);
    return [day, mac];
  });
  return new Map(pairs);
}

/** Prints what it found; true where the whole trail is as it was written. */
export async function verify({ root, roots, isStopped }: Wish): Promise<boolean> {
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
    const { entries, through, faults } = await verifyAudit(services, { roots: rootsOf(roots), isStopped });
    for (const fault of faults) console.log(fault);
    console.log(`${entries} entries were held against their chain, sealed up to ${through ?? 'never'}.`);
    console.log(
      faults.length === 0 ? 'The audit trail is whole.' : 'The audit trail is NOT as it was written.',
    );
    return faults.length === 0;
  } finally {
    await close();
  }
}
