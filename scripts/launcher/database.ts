import { type Server, startServer } from '@/db/server';
import type { Config } from './config';
import { Halt } from './halt';
import type { Secrets } from './secrets';

export const DATABASE = 'counterfoil';

export type Database = {
  url: string;
  /** Ends the embedded server, in order if that takes at most `patienceMs`, else at once. */
  stop: (patienceMs: number) => Promise<void>;
};

/** The given database, or the embedded server, which is kept up: when it ends by itself it starts again on its port. */
export async function openDatabase(
  config: Config,
  secrets: Secrets,
  say: (line: string) => void,
): Promise<Database> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => {} };
  const start = (port?: number): Promise<Server> =>
    startServer({
      dataDir: config.dataDir,
      password: secrets.POSTGRES_PASSWORD,
      database: { name: DATABASE, password: secrets.DATABASE_PASSWORD },
      say,
      ...(port && { port }),
    }).catch((error) => {
      throw new Halt(error instanceof Error ? error.message : String(error));
    });
  let server = await start();
  let stopping = false;
  const { port } = server;
  const keep = async (): Promise<void> => {
    await server.ended;
    if (stopping) return;
    say('PostgreSQL ended and starts again; its log is logs/postgres.log in the data directory.');
    server = await start(port);
    if (stopping) await server.stop();
    else keep().catch(report);
  };
  const report = (error: Error): void => say(error.message);
  keep().catch(report);
  return {
    url: server.url(DATABASE),
    stop: async (patienceMs) => {
      stopping = true;
      await server.stop(patienceMs);
    },
  };
}
