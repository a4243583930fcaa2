import type { Executor } from '@/db/client';
import { listProfiles, type ProfileRow } from '@/db/queries/merchants';
import { refused, type Told } from './errors';

/** The profile that is this account configuration; without an id the default one, or the only one that there is. */
export async function configurationFor(
  tx: Executor,
  merchantId: number,
  wanted: string | null | undefined,
): Promise<Told<ProfileRow>> {
  const compatible = (await listProfiles(tx, merchantId)).filter((profile) => profile.vccCompatible);
  const found =
    wanted === null || wanted === undefined
      ? (compatible.find(({ isDefault }) => isDefault) ?? (compatible.length === 1 && compatible[0]))
      : (compatible.find(({ vccConfigurationId: id }) => id === wanted) ??
        compatible.find(({ id, name }) => id === wanted || name === wanted));
  if (found) return { ok: true, value: found };
  const message =
    wanted === null || wanted === undefined
      ? 'accountConfigurationId: is needed, since no payment profile is the one to take'
      : 'accountConfigurationId: no payment profile is an account configuration of this id';
  return refused('ACCOUNT_CONFIGURATION_NOT_FOUND', message);
}
