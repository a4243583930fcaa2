import { loadProgram } from './bundles.mjs';
import { ROOT } from './say.mjs';

let matrix = null;

/** Bundles the trial of the authorisation matrix and loads it into this process. */
export async function loadMatrix() {
  matrix ??= await loadProgram('verify-authz', 'scripts/verify/authz/main.ts');
  return matrix;
}

/** Every way in, tried by everybody. Gives counts of rows and what is not as they say. */
export async function verifyAuthz(args) {
  process.setSourceMapsEnabled(true);
  return { skipped: 0, ...(await (await loadMatrix()).main(ROOT, args)) };
}

/** Ends what a running trial has started. */
export async function stopAuthz() {
  await matrix?.stop();
}
