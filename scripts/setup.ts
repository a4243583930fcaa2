/** Prepares the database before the product starts; prints one line of JSON for the launcher. */
import { setupEnv } from '@/lib/env';
import { createDemoInstallation } from '@/lib/operations/demo';
import { migrate } from '@/lib/operations/migrate';
import { databaseSentence } from './launcher/database-sentence';
import { readVariable } from './launcher/variables';

async function setUp(databaseUrl: string): Promise<object> {
  try {
    await migrate(readVariable('DATABASE_DIRECT_URL') ?? databaseUrl);
    const demo = readVariable('COUNTERFOIL_MODE') !== 'production';
    return { firstRun: demo ? await createDemoInstallation(setupEnv()) : null };
  } catch (error) {
    const sentence = databaseSentence(error, databaseUrl);
    if (!sentence) throw error;
    return { error: sentence };
  }
}

const result = await setUp(readVariable('DATABASE_URL') ?? '');
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit('error' in result ? 1 : 0));
