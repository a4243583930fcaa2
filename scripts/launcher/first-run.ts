import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config';
import { isMissing, writePrivately } from './files';
import { Halt } from './halt';

type SignIn = { email: string; password: string };

/** What setup made: the demo's sign-ins and keys. Kept in DATA_DIR/first-run.json with the addresses of this start. */
export type Credentials = {
  owner?: SignIn;
  admin?: SignIn;
  agent?: SignIn & { agentId?: string };
  viewer?: SignIn;
  apiKey?: string;
  oauth?: { clientId: string; clientSecret: string };
  [more: string]: unknown;
};

export const firstRunPath = (dataDir: string): string => join(dataDir, 'first-run.json');

/** Writes first-run.json with this start's addresses; null credentials mean those it holds already. */
export function keepFirstRun(
  config: Config,
  databaseUrl: string,
  made: Credentials | null,
): Credentials | null {
  const path = firstRunPath(config.dataDir);
  const credentials = made ?? readFirstRun(path);
  if (!credentials) return null;
  const addresses = {
    portalUrl: config.urls.portal,
    cardUrl: config.urls.card,
    sandboxUrl: config.urls.sandbox,
    databaseUrl,
  };
  writePrivately(path, { ...credentials, ...addresses });
  return credentials;
}

function readFirstRun(path: string): Credentials | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return null;
    throw new Halt(`${path} cannot be read: give this user the right to, or remove it.`);
  }
}

/** The database of the installation in this folder: the given one, or its own server's, which must have been started once. */
export function databaseUrlOf({ databaseUrl, dataDir }: Config): string {
  if (databaseUrl) return databaseUrl;
  const kept = readFirstRun(firstRunPath(dataDir));
  if (typeof kept?.databaseUrl !== 'string')
    throw new Halt(`There is no installation in ${dataDir}: start it first, with "npm start".`);
  return kept.databaseUrl;
}
