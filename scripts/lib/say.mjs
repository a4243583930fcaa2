import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** A failure whose message is one sentence for people: shown as it is, without a stack. */
export class Sentence extends Error {
  forPeople = true;
}

/** Runs a command-line program: a failure becomes one sentence and exit code 1, details with DEBUG=1. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error.forPeople ? error.message : `Something went wrong: ${error.message}`);
    if (process.env.DEBUG) console.error(error);
    process.exitCode = 1;
  }
}

/** True when the module at this address is the program that was started, not one that was imported. */
export const isMain = (url) => process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(url);

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
