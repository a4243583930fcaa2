import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './browser.mjs';
import {
  firstRunPath,
  freePort,
  newInstallation,
  removeInstallation,
  startProduct,
  waitUntilGone,
} from './product.mjs';
import { runModule } from './run.mjs';

/** Titles and messages of the failed tests in Playwright's JSON report. */
function failuresOf(suites, path = []) {
  return suites.flatMap((suite) => [
    ...failuresOf(suite.suites ?? [], [...path, suite.title]),
    ...(suite.specs ?? [])
      .filter((spec) => !spec.ok)
      .map((spec) => [...path, suite.title, spec.title].filter(Boolean).join(' › ')),
  ]);
}

function readReport(path, ended) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    const { expected, unexpected, flaky, skipped } = report.stats;
    const outside = report.errors?.length ?? 0;
    return {
      passed: expected,
      failed: unexpected + flaky + outside,
      skipped,
      failures: failuresOf(report.suites ?? []),
    };
  } catch {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: [`Playwright wrote no report and ended with ${ended}`],
    };
  }
}

/** Starts an installation of its own, runs the browser tests against it, stops it and asserts that nothing stayed. */
export async function runBrowserTests(args = []) {
  await ensureChromium();
  const installation = await newInstallation();
  // Where a test serves a page of another system, which may show the agent's desk in a frame.
  const framing = `http://localhost:${await freePort()}`;
  installation.env.AGENT_FRAME_PARENTS = framing;
  // A merchant's own domain: browsers find every name below localhost on this machine.
  const domain = `http://pay.localhost:${installation.env.PORTAL_PORT}`;
  installation.env.PAY_ORIGINS = domain;
  installation.env.SECURITY_CONTACT = 'mailto:security@example.test';
  const scratch = mkdtempSync(join(tmpdir(), 'counterfoil-report-'));
  try {
    const product = startProduct(installation);
    await product.ready.catch(async (error) => {
      await product.stop();
      throw error;
    });
    const report = join(scratch, 'report.json');
    const env = {
      ...process.env,
      CF_FIRST_RUN: firstRunPath(installation),
      CF_DATA_DIR: installation.dataDir,
      CF_FRAME_PARENT: framing,
      CF_PAY_ORIGIN: domain,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    };
    const cli = '@playwright/test/cli.js';
    const { code: ended } = await runModule(cli, ['test', '--reporter=list,json', ...args], {
      env,
      show: true,
    });
    const result = readReport(report, ended);
    const { code } = await product.stop();
    const left = await waitUntilGone(installation, 1_000);
    if (code === 0 && left.length === 0) return { ...result, passed: result.passed + 1 };
    const complaint =
      left.length > 0 ? `left behind after the stop: ${left.join('; ')}` : `the stop gave code ${code}`;
    return { ...result, failed: result.failed + 1, failures: [...result.failures, complaint] };
  } finally {
    await removeInstallation(installation);
    rmSync(scratch, { recursive: true, force: true });
  }
}
