import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, runModule } from './run.mjs';
import { ROOT } from './say.mjs';

const tail = (output) => output.trim().split('\n').slice(-60);

/** One program that either passes or fails, counted as one. */
async function single(path, args) {
  const { code, output } = await runModule(path, args);
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0, failures: [] }
    : { passed: 0, failed: 1, skipped: 0, failures: tail(output) };
}

export const checkFormat = () => single('@biomejs/biome/bin/biome', ['ci', '.', '--colors=off']);

/** Next writes the types of the routes first; the check itself covers the whole project. */
export async function checkTypes() {
  const typegen = await single('next/dist/bin/next', ['typegen']);
  return typegen.failed ? typegen : single('typescript/bin/tsc', ['--noEmit', '--pretty', 'false']);
}

/** A verifier in a process of its own, which ends with what has passed and failed; what it says is shown at once. */
export async function runVerifier(name) {
  const { output } = await run(process.execPath, [join(ROOT, 'scripts', `${name}.mjs`)]);
  console.log(output.trim());
  const [, passed, failed, skipped = 0] =
    /^(\d+) passed, (\d+) failed(?:, (\d+) not run)?$/m.exec(output) ?? [];
  if (passed === undefined) return { passed: 0, failed: 1, skipped: 0, failures: tail(output) };
  const failures = Number(failed) === 0 ? [] : tail(output);
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped), failures };
}

/** Unit, integration, tidy and floor tests: everything vitest finds. */
export async function runVitest() {
  const scratch = mkdtempSync(join(tmpdir(), 'counterfoil-report-'));
  try {
    const report = join(scratch, 'report.json');
    const unsteady = join(scratch, 'unsteady.txt');
    writeFileSync(unsteady, '');
    const reporters = ['dot', join(ROOT, 'scripts/lib/unsteady-reporter.mjs'), 'json'];
    const args = ['run', ...reporters.map((one) => `--reporter=${one}`), `--outputFile.json=${report}`];
    const env = { ...process.env, UNSTEADY_FILE: unsteady };
    const { code } = await runModule('vitest/vitest.mjs', args, { env, show: true });
    const lines = readFileSync(unsteady, 'utf8').split('\n').filter(Boolean);
    return { ...countVitest(report, code), unsteady: lines };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function countVitest(path, code) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    const brokenFiles = report.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
    );
    const failures = report.testResults.flatMap((file) =>
      file.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    );
    const failed = report.numFailedTests + brokenFiles.length;
    return {
      passed: report.numPassedTests,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: [
        ...failures,
        ...brokenFiles.map(({ name, message }) => `${name}: ${message.split('\n')[0]}`),
      ],
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: ['vitest wrote no report'] };
  }
}
