import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Credentials } from './first-run';
import { Halt } from './halt';
import { lastLines, logPath, openLog } from './logs';
import { type Plan, setupEnv } from './processes';

/** The one line of JSON that setup prints. */
export type SetupResult = { firstRun: Credentials | null; ownerLink?: string | null } | { error: string };

/** Migrates the database and, in a demo's first start, makes the merchant; in a process of its own. */
export async function runSetup(
  plan: Plan,
): Promise<{ firstRun: Credentials | null; ownerLink: string | null }> {
  const { root, dataDir } = plan.config;
  const log = openLog(dataDir, 'setup');
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist', 'setup.mjs')], {
    cwd: root,
    env: setupEnv(plan),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', log);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  const result = parse(output);
  if (result && 'error' in result) throw new Halt(result.error);
  if (code !== 0 || !result) {
    const said = lastLines(dataDir, 'setup', 5);
    throw new Halt(`The database could not be prepared; ${logPath(dataDir, 'setup')} ends with:\n${said}`);
  }
  return { firstRun: result.firstRun, ownerLink: result.ownerLink ?? null };
}

function parse(output: string): SetupResult | null {
  try {
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  } catch {
    return null;
  }
}
