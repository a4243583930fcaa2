/** Prepares the database before the product starts; prints one line of JSON for the launcher. */
import { productionSetupEnv, setupEnv } from '@/lib/env';
import { createDemoInstallation } from '@/lib/operations/demo';
import { migrate } from '@/lib/operations/migrate';
import { prepareProduction } from '@/lib/operations/production';
import { databaseSentence } from './launcher/database-sentence';
import { readVariable } from './launcher/variables';

async function setUp(databaseUrl: string): Promise<object> {
  try {
    await migrate(readVariable('DATABASE_DIRECT_URL') ?? databaseUrl);
    if (readVariable('COUNTERFOIL_MODE') === 'production')
      return { firstRun: null, ...(await prepareProduction(productionSetupEnv())) };
    return { firstRun: await createDemoInstallation(setupEnv()) };
  } catch (error) {
    const sentence = databaseSentence(error, databaseUrl);
    if (!sentence) throw error;
    return { error: sentence };
  }
}

const result = await setUp(readVariable('DATABASE_URL') ?? '');
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit('error' in result ? 1 : 0));
