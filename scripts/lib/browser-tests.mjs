import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureChromium } from './browser.mjs';
import { ensureLibreOffice } from './libreoffice.mjs';
import {
  firstRunPath,
  freePort,
  newInstallation,
  removeInstallation,
  startProduct,
  waitUntilGone,
} from './product.mjs';
import { runModule } from './run.mjs';
import { ROOT } from './say.mjs';

/** Titles of the tests of Playwright's JSON report that ended so. */
function titlesOf(ended, suites, path = []) {
  return suites.flatMap((suite) => [
    ...titlesOf(ended, suite.suites ?? [], [...path, suite.title]),
    ...(suite.specs ?? [])
      .filter((spec) => spec.tests.some(({ status }) => status === ended))
      .map((spec) => [...path, suite.title, spec.title].filter(Boolean).join(' › ')),
  ]);
}

function readReport(path, ended) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    const { expected, unexpected, flaky, skipped } = report.stats;
    const outside = report.errors?.length ?? 0;
    const suites = report.suites ?? [];
    return {
      passed: expected + flaky,
      failed: unexpected + outside,
      skipped,
      failures: titlesOf('unexpected', suites),
      unsteady: titlesOf('flaky', suites),
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

/** What the audit trail of everything that the tests did does not hold. */
async function auditFaults({ env }) {
  const args = [join(ROOT, 'scripts', 'verify-audit.mjs')];
  const options = { env: { ...process.env, ENV_FILE: devNull, ...env } };
  return promisify(execFile)(process.execPath, args, options).then(
    () => [],
    ({ stdout, stderr }) => [`the audit trail: ${stdout}${stderr}`.trim()],
  );
}

/**
 * Starts an installation of its own, runs the browser tests against it, holds its audit trail against the chain, stops it and
 * asserts that nothing stayed. `otherBrowsers`: those of Firefox and WebKit, with the card form on another site than the page.
 */
export async function runBrowserTests(args = [], { otherBrowsers = null } = {}) {
  await ensureChromium();
  const office = otherBrowsers ? null : await ensureLibreOffice();
  const installation = await newInstallation();
  // Where a test serves a page of another system, which may show the agent's desk in a frame.
  const framing = `http://localhost:${await freePort()}`;
  installation.env.AGENT_FRAME_PARENTS = framing;
  // A merchant's own domain: browsers find every name below localhost on this machine.
  const domain = `http://pay.localhost:${installation.env.PORTAL_PORT}`;
  installation.env.PAY_ORIGINS = domain;
  // Where a test serves a sign-in provider: another site than the portal's.
  const provider = `http://127.0.0.1:${await freePort()}`;
  installation.env.EGRESS_ALLOW = provider;
  installation.env.SECURITY_CONTACT = 'mailto:security@example.test';
  if (otherBrowsers) otherBrowsers.webkit.port = await freePort();
  if (otherBrowsers) installation.env.CARD_URL = `http://127.0.0.1:${installation.env.CARD_PORT}`;
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
      CF_PROVIDER: provider,
      ...(office !== null && { CF_LIBREOFFICE: office }),
      ...(otherBrowsers && { CF_OTHER_BROWSERS: JSON.stringify(otherBrowsers) }),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    };
    const cli = '@playwright/test/cli.js';
    const { code: ended } = await runModule(cli, ['test', '--reporter=list,json', ...args], {
      env,
      show: true,
    });
    const result = readReport(report, ended);
    const audit = await auditFaults(installation);
    const { code } = await product.stop();
    const left = await waitUntilGone(installation, 1_000);
    const complaints = [
      ...audit,
      ...(left.length > 0 ? [`left behind after the stop: ${left.join('; ')}`] : []),
      ...(code === 0 ? [] : [`the stop gave code ${code}`]),
    ];
    if (complaints.length === 0) return { ...result, passed: result.passed + 2 };
    return {
      ...result,
      failed: result.failed + complaints.length,
      failures: [...result.failures, ...complaints],
    };
  } finally {
    await removeInstallation(installation);
    rmSync(scratch, { recursive: true, force: true });
  }
}
