import { countMerchants, insertMerchant, insertUser } from '@/db/queries/installation';
import { findFirstOwner, hasPasswords } from '@/db/queries/password-links';
import { newPasswordLink } from '../auth/password-link';
import { configFrom } from '../context';
import { openDatabase } from '../database';
import type { ProductionSetupEnv } from '../env';
import { newId } from '../ids';

export type ProductionSetup = { ownerLink: string | null } | { error: string };

const MISSING =
  'The first start in production needs MERCHANT_NAME and OWNER_EMAIL: the name that customers read, and who owns this installation.';

/**
 * Makes the merchant and its owner on an empty installation. Until somebody has set a password, each start gives a new
 * one-time address for the owner's; after that none.
 */
export async function prepareProduction(env: ProductionSetupEnv): Promise<ProductionSetup> {
  const connection = openDatabase(env, 2);
  const config = configFrom(env);
  try {
    return await connection.db.transaction(async (tx) => {
      if (await hasPasswords(tx)) return { ownerLink: null };
      if ((await countMerchants(tx)) === 0) {
        const { MERCHANT_NAME: name, OWNER_EMAIL: email } = env;
        if (!name || !email) return { error: MISSING };
        const merchantId = await insertMerchant(tx, { name, contactEmail: email, livemode: true });
        await insertUser(tx, { merchantId, id: newId('user'), email, name: 'Owner', role: 'owner' });
      }
      const owner = await findFirstOwner(tx);
      return { ownerLink: owner ? await newPasswordLink({ config }, tx, owner) : null };
    });
  } finally {
    await connection.close();
  }
}
