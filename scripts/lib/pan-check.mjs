import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureChromium } from './browser.mjs';
import { systemChromium } from './chromium.mjs';
import { newInstallation, removeInstallation, startProduct, stopProducts } from './product.mjs';
import { ROOT } from './say.mjs';

/** Starts an installation of its own, pays on it with fresh cards and searches all it leaves. Gives counts and failures. */
export async function runPanCheck() {
  await ensureChromium();
  const { startCollector, verifyPan } = await import(
    pathToFileURL(join(ROOT, 'dist', 'verify-pan.mjs')).href
  );
  const installation = await newInstallation();
  // What is told to a collector of traces is a place where a number could be left, too.
  const collector = await startCollector();
  installation.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  try {
    const product = startProduct(installation);
    await product.ready;
    const { notRun, ...result } = await verifyPan({
      root: ROOT,
      dataDir: installation.dataDir,
      smtpPort: Number(installation.env.SANDBOX_SMTP_PORT),
      chromiumPath: systemChromium(),
      collector,
      stop: () => product.stop(),
      say: (line) => console.log(line),
    });
    return { ...result, skipped: notRun.length };
  } finally {
    await stopProducts();
    collector.close();
    await removeInstallation(installation);
  }
}
