import { loadProgram } from './bundles.mjs';
import { ROOT } from './say.mjs';

let harness = null;

/** Bundles the fault harness and loads it into this process. */
export async function loadFaultHarness() {
  harness ??= await loadProgram('verify-faults', 'scripts/verify/faults/main.ts');
  return harness;
}

/** Runs the harness with these arguments; gives {passed, failed, untried, failures}. What breaks the harness itself is told with its place. */
export async function verifyFaults(args) {
  process.setSourceMapsEnabled(true);
  const { main } = await loadFaultHarness();
  try {
    return await main(ROOT, args);
  } catch (error) {
    if (!error.forPeople) console.error(error.stack);
    throw error;
  }
}

/** Ends what a running harness has started. */
export async function stopFaultHarness() {
  await harness?.stop();
}

/** The quick run as a step of `npm test`. Cells that this machine cannot try count as neither. */
export async function runQuickFaults() {
  const { passed, failed, failures } = await verifyFaults(['--quick']);
  return { passed, failed, skipped: 0, failures };
}
