import { execFile } from 'node:child_process';
import * as z from 'zod';
import { PAGE_CHECK_RESULTS } from '@/core/page-check';
import type { PageLook } from '@/lib/page-checks';

/** Below what a job may last. */
const LIMIT_MS = 45_000;
const told = z.object({ result: z.enum(PAGE_CHECK_RESULTS), findings: z.array(z.string()) });

/**
 * Has the payer's page looked at by a program of its own, which starts a browser: whatever becomes of either, the worker goes
 * on. The program gets this environment and no other.
 */
export const lookWith = (
  program: string,
  addresses: readonly string[],
  env: NodeJS.ProcessEnv,
  limitMs = LIMIT_MS,
): Promise<PageLook> =>
  new Promise((resolve) => {
    const limits = { env, timeout: limitMs, killSignal: 'SIGKILL' as const, maxBuffer: 8_000_000 };
    const args = [program, '--json', ...addresses.flatMap((one) => ['--url', one])];
    execFile(process.execPath, args, limits, (error, stdout, stderr) =>
      resolve(readLook(stdout) ?? { result: 'not_looked', findings: [whyNot(error, stdout + stderr)] }),
    );
  });

function readLook(stdout: string): PageLook | null {
  try {
    return told.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  } catch {
    return null;
  }
}

function whyNot(error: { killed?: boolean | undefined } | null, said: string): string {
  if (error?.killed) return 'The look took too long and was stopped';
  return said.trim().split('\n').at(-1)?.slice(0, 300) || 'The look ended without a word';
}
